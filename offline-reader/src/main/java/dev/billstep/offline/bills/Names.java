package dev.billstep.offline.bills;

import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.labels.Lexicon;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of parties: beside or below a heading, or as the largest print at the head of the page. */
final class Names {

  private static final Lexicon TITLES = Lexicon.load("titles.tsv");

  private static final Pattern SIGNED = Pattern.compile(
    "^for\\s*[,:]?\\s*(?<name>\\p{L}.{3,}?)\\s*[:.,]?$",
    Pattern.CASE_INSENSITIVE
  );

  private static final Pattern LABEL = Pattern.compile(
    "(?:legal |trade |firm |bank )?name\\s*:?",
    Pattern.CASE_INSENSITIVE
  );

  /** A firm, and not a street or a slogan. */
  private static final Pattern FIRM = Pattern.compile(
    ".*\\b(?:pvt|private|ltd|limited|llp|traders|enterprises?|industries|stores?|agency|agencies|company|co|corporation|motors|foods|retail|technolog\\w+|solutions|services|mart|hotel|restaurant|electricals?|systems|works)\\b.*",
    Pattern.CASE_INSENSITIVE
  );

  /** The share of a page that its head takes at most. */
  private static final double HEAD = 0.3;

  private final Sheet sheet;
  private final Labels labels;

  Names(Sheet sheet, Labels labels) {
    this.sheet = sheet;
    this.labels = labels;
  }

  /** What stands beside a heading or, first, below it. */
  Optional<Phrase> at(LabelHit heading) {
    var rest = heading.rest().replaceFirst("^[\\s:：.,;)-]+", "");
    if (isName(rest)) {
      int from = heading.phrase().text().length() - rest.length();
      return Optional.of(heading.phrase().part(from, heading.phrase().text().length()));
    }
    return beside(heading.box()).or(() -> below(heading.box()));
  }

  private Optional<Phrase> beside(Box heading) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().sharedHeight(heading) > 0.5 * heading.height())
      .filter(phrase -> phrase.box().left() > heading.right())
      .filter(phrase -> phrase.box().left() - heading.right() < 0.25 * sheet.right())
      .min(Comparator.comparingDouble(phrase -> phrase.box().left()))
      .filter(phrase -> !isLabelled(phrase) && isName(strip(phrase.text())))
      .map(Names::stripped);
  }

  private Optional<Phrase> below(Box heading) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().middle() > heading.bottom())
      .filter(phrase -> phrase.box().top() - heading.bottom() < 4 * heading.height())
      .filter(
        phrase ->
          phrase.box().sharedWidth(heading) > 0 ||
          Math.abs(phrase.box().left() - heading.left()) < 2 * heading.height()
      )
      .filter(phrase -> !isLabelled(phrase) || nameBehindLabel(phrase).isPresent())
      .map(phrase -> nameBehindLabel(phrase).orElse(phrase))
      .filter(phrase -> isName(phrase.text()))
      .min(Comparator.comparingDouble(phrase -> phrase.box().middle()));
  }

  /** {@code Name : Asha}: the label says so itself, in a cell of its own as well. */
  private Optional<Phrase> nameBehindLabel(Phrase phrase) {
    if (LABEL.matcher(phrase.text()).matches() && !isOfBank(phrase.text())) {
      return beside(phrase.box());
    }
    var label = Pattern.compile(
      "^(?:legal |trade |firm )?name\\s*[:：-]\\s*(?=\\p{L})",
      Pattern.CASE_INSENSITIVE
    ).matcher(phrase.text());
    return label.find()
      ? Optional.of(phrase.part(label.end(), phrase.text().length()))
      : Optional.empty();
  }

  private static boolean isOfBank(String label) {
    return label.toLowerCase(Locale.ROOT).startsWith("bank");
  }

  private boolean isLabelled(Phrase phrase) {
    return labels.all().anyMatch(hit -> hit.from() == 0 && hit.phrase().equals(phrase));
  }

  /** The largest print of the page's head; of several of one size, what is a firm's or stands first. */
  Optional<Phrase> ofLetterhead() {
    double end = HEAD * sheet.bottom();
    var candidates = sheet
      .phrases()
      .filter(phrase -> phrase.box().top() < end)
      .filter(phrase -> !isLabelled(phrase) && isName(phrase.text()))
      .filter(phrase -> TITLES.whole(phrase.text()).isEmpty())
      .filter(phrase -> phrase.text().length() > 3)
      .toList();
    var signed = signature();
    return candidates.stream().max(Comparator.comparingDouble(phrase -> rank(phrase, signed, end)));
  }

  private double rank(Phrase phrase, Set<String> signed, double end) {
    double size = phrase.box().height() / sheet.height();
    boolean signs = signed.contains(plain(phrase.text()));
    return (
      size +
      (FIRM.matcher(phrase.text()).matches() ? 0.7 : 0) +
      (signs ? 2 : 0) -
      (0.5 * phrase.box().top()) / Math.max(1, end)
    );
  }

  /** "For" whom the page is signed, in small letters and digits alone. */
  Set<String> signature() {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().top() > 0.4 * sheet.bottom())
      .map(phrase -> SIGNED.matcher(phrase.text()))
      .filter(found -> found.matches())
      .map(found -> plain(found.group("name")))
      .collect(Collectors.toSet());
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static boolean isName(String text) {
    var stripped = strip(text);
    return (
      stripped.length() >= 2 &&
      !LABEL.matcher(stripped).matches() &&
      Character.isLetter(stripped.charAt(0)) &&
      stripped.chars().filter(Character::isLetter).count() >= 2 &&
      stripped.chars().filter(Character::isDigit).count() * 2 < stripped.length() &&
      stripped.indexOf('@') < 0 &&
      stripped.indexOf(':') < 0
    );
  }

  private static String strip(String text) {
    return text.replaceFirst("^[\\s:：.,;-]+", "").strip();
  }

  private static Phrase stripped(Phrase phrase) {
    int from = phrase.text().length() - phrase.text().replaceFirst("^[\\s:：.,;-]+", "").length();
    return phrase.part(from, phrase.text().length());
  }

  /** A party's own text, from the nearest of its headings. */
  Optional<Phrase> of(String... headings) {
    return Stream.of(headings)
      .flatMap(key -> labels.of(key))
      .sorted(Comparator.comparingDouble(hit -> hit.box().middle()))
      .flatMap(hit -> at(hit).stream())
      .findFirst();
  }
}
