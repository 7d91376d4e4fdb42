package dev.billstep.offline.classes;

import dev.billstep.offline.labels.Lexicon;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a page calls itself: a phrase of its own in the upper part, without a value behind it. The
 * largest counts, then the uppermost.
 */
public final class Titles {

  private static final Lexicon TITLES = Lexicon.load("titles.tsv");

  /** The share of a page that titles stand in. */
  private static final double UPPER_PART = 0.42;

  /** Of the print around it, from which on a title is larger. */
  private static final double PROMINENT = 1.15;

  /** What may follow a title: a page's number, whose copy it is. */
  private static final Pattern ASIDE = Pattern.compile(
    "\\(.*\\)?$|\\bpage\\s*\\d.*$|\\boriginal\\b.*$|\\bduplicate\\b.*$|\\bon behalf of\\b.*$|^draft\\s*:|^details of\\b" +
      "|\\s[-–]\\s*\\p{L}+\\s+(?:19|20)\\d{2}$|\\bfor the (?:month|period|year)\\b.*$",
    Pattern.CASE_INSENSITIVE
  );

  private final Sheet sheet;

  public Titles(Sheet sheet) {
    this.sheet = sheet;
  }

  /** The plainest. */
  public Optional<Title> best() {
    return all().stream().findFirst();
  }

  /** The plainest first. */
  List<Title> all() {
    var found = new ArrayList<Title>();
    double end = UPPER_PART * Math.max(sheet.bottom(), 1);
    for (var line : sheet.lines()) {
      for (var phrase : line.phrases()) {
        if (phrase.box().top() <= end && !hasValue(phrase, line)) {
          title(phrase).ifPresent(found::add);
        }
      }
    }
    addStacked(found, end);
    found.sort(Comparator.comparingDouble((Title title) -> title.rank(sheet)).reversed());
    return found;
  }

  /** {@code INVOICE X33}, {@code TAX INVOICE   IN-1}: what stands behind a bill's title, or beside it. */
  public Optional<Phrase> behindBill() {
    double end = UPPER_PART * Math.max(sheet.bottom(), 1);
    return sheet
      .lines()
      .stream()
      .filter(line -> line.box().top() <= end)
      .flatMap(line -> behindBill(line).stream())
      .findFirst();
  }

  private static Optional<Phrase> behindBill(Line line) {
    var phrases = line.phrases();
    for (int index = 0; index < phrases.size(); index++) {
      var phrase = phrases.get(index);
      if (title(phrase).filter(Title::isBill).isPresent()) {
        return index + 1 < phrases.size() ? Optional.of(phrases.get(index + 1)) : Optional.empty();
      }
      var text = phrase.text();
      int last = text.lastIndexOf(' ');
      if (last > 0 && title(phrase, text.substring(0, last)).filter(Title::isBill).isPresent()) {
        return Optional.of(phrase.part(last + 1, text.length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Title> title(Phrase phrase) {
    return title(phrase, phrase.text());
  }

  private static Optional<Title> title(Phrase phrase, String text) {
    var plain = ASIDE.matcher(text).replaceAll("").strip();
    return TITLES.whole(text)
      .or(() -> TITLES.whole(plain))
      .map(entry -> new Title(entry.key(), entry.spelling(), entry.weight(), phrase));
  }

  /** {@code DELIVERY} above {@code CHALLAN}: a title in large print over two lines. */
  private void addStacked(List<Title> found, double end) {
    var large = sheet
      .phrases()
      .filter(phrase -> phrase.box().top() <= end && phrase.tokens().size() <= 3)
      .filter(phrase -> phrase.box().height() > 1.3 * sheet.height())
      .toList();
    for (var upper : large) {
      for (var lower : large) {
        double gap = lower.box().top() - upper.box().bottom();
        boolean isBelow =
          lower.box().top() > upper.box().middle() &&
          gap < 1.2 * upper.box().height() &&
          lower.box().sharedWidth(upper.box()) > 0.5 * lower.box().width();
        if (isBelow) {
          title(upper, upper.text() + " " + lower.text()).ifPresent(found::add);
        }
      }
    }
  }

  /** A number or a colon behind it makes it a label: {@code Delivery Note : 17}. */
  private static boolean hasValue(Phrase phrase, Line line) {
    if (phrase.text().matches(".*[:：#=]\\s*$")) {
      return true;
    }
    int next = line.phrases().indexOf(phrase) + 1;
    return (
      next < line.phrases().size() &&
      line.phrases().get(next).text().matches("^[:：#].*") &&
      line.phrases().get(next).box().left() - phrase.box().right() < 12 * phrase.box().height()
    );
  }

  /**
   * What a page calls itself.
   *
   * @param type {@code bill}, {@code eway_bill} or {@code other}
   * @param certainty from 0 to 1, that a page which says so is of that type
   */
  public record Title(String type, String spelling, double certainty, Phrase phrase) {
    public boolean isBill() {
      return type.equals("bill");
    }

    /** As printed, without what follows it. */
    public String text() {
      var plain = ASIDE.matcher(phrase.text()).replaceAll("").strip();
      return plain.isEmpty() ? phrase.text() : plain;
    }

    /** Whether it stands out: in ordinary print, with others on its line, it may be a label whose box is empty. */
    boolean isProminent(Sheet sheet) {
      return isCapital() || phrase.box().height() > PROMINENT * sheet.height() || isAlone(sheet);
    }

    private boolean isAlone(Sheet sheet) {
      return sheet
        .lines()
        .stream()
        .map(Line::phrases)
        .anyMatch(phrases -> phrases.size() == 1 && phrases.contains(phrase));
    }

    private boolean isCapital() {
      return phrase.text().equals(phrase.text().toUpperCase(Locale.ROOT));
    }

    double rank(Sheet sheet) {
      double size = phrase.box().height() / sheet.height();
      return (
        Math.min(3, size) +
        (isCapital() ? 0.3 : 0) -
        (2 * phrase.box().top()) / Math.max(1, sheet.bottom()) +
        0.5 * certainty
      );
    }
  }
}
