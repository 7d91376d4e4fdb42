package dev.billstep.offline.bills;

import dev.billstep.offline.classes.Titles;
import dev.billstep.offline.forms.Dates;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.relations.Owned;
import dev.billstep.offline.relations.Relations;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Numbers and dates of documents, each with the label that it belongs to. */
public final class Header {

  /** Two values whose scores are closer than that might be exchanged. */
  private static final double RIVAL = 0.08;

  /** What can be a document's number where no label says so: short, and no telephone's or GSTIN. */
  private static final Pattern TITLED = Pattern.compile(
    "[#:]?\\s*(?=[A-Za-z\\d/-]*\\d)(?!\\d{10})[A-Za-z\\d/-]{1,16}"
  );

  private static final Pattern TITLE_AS_LABEL = Pattern.compile(
    "^(?:tax |retail )?(?:invoice|bill)\\s*[:#]\\s*(?=\\S)",
    Pattern.CASE_INSENSITIVE
  );

  /** A number that is broken at a mark goes on below it. */
  private static final Pattern BROKEN = Pattern.compile(".*[A-Za-z\\d][/-]");

  private static final Pattern DATE_LABEL = Pattern.compile(".*date|ewb_.*");

  private static final Pattern REST_OF_NUMBER = Pattern.compile("[A-Za-z\\d]{1,6}");

  /** Words of a date's label that say whose it is, whatever the other one is. */
  private static final Pattern OF_BILL = Pattern.compile(
    "\\b(?:invoice|inv|bill|memo)\\b",
    Pattern.CASE_INSENSITIVE
  );

  private static final Pattern OF_OTHERS = Pattern.compile(
    "\\b(?:order|po|due|delivery|dispatch|despatch|challan|dc|lr|ack|print(?:ed)?|valid|from|to|supply|ship(?:ment)?)\\b",
    Pattern.CASE_INSENSITIVE
  );

  /** Of the text's height: a label to the left of its value is that near. */
  private static final double LABEL_GAP = 12;

  /** The share of a page that its head takes. */
  private static final double HEAD = 0.45;

  private final Sheet sheet;
  private final Labels labels;
  private final Relations relations;
  private final List<Owned<String>> numbers;
  private final List<Owned<Dates.Moment>> dates;

  public Header(Sheet sheet, Labels labels) {
    this.sheet = sheet;
    this.labels = labels;
    this.relations = new Relations(sheet, labels);
    this.numbers = relations.owned(documentNumbers());
    this.dates = relations.owned(Candidate.on(sheet, Dates::in));
  }

  public Relations relations() {
    return relations;
  }

  /** All dates with a label, whatever it is. */
  public List<Owned<Dates.Moment>> labelledDates() {
    return dates;
  }

  /** The plainest number with one of the labels. */
  public Optional<Owned<String>> number(String... keys) {
    return plainest(numbers, keys);
  }

  public Optional<Owned<Dates.Moment>> date(String... keys) {
    return plainest(dates, keys);
  }

  /** A number without a label: behind the page's title. */
  public Optional<Candidate<String>> numberOfTitle() {
    return Stream.concat(behindTitleAndColon(), new Titles(sheet).behindBill().stream())
      .filter(phrase -> TITLED.matcher(phrase.text()).matches())
      .flatMap(phrase -> documentNumber(phrase, 0, phrase.text().length()).stream())
      .filter(number -> Dates.in(number.value()).isEmpty())
      .findFirst();
  }

  /** {@code Tax Invoice: GUJ/21-22/3650}: a title with a colon is a label. */
  private Stream<Phrase> behindTitleAndColon() {
    return sheet.phrases().flatMap(phrase -> {
      var label = TITLE_AS_LABEL.matcher(phrase.text());
      return label.find()
        ? Stream.of(phrase.part(label.end(), phrase.text().length()))
        : Stream.of();
    });
  }

  /** Another number that is nearly as plain. */
  public Optional<Owned<String>> rivalOf(Owned<String> number) {
    return numbers
      .stream()
      .filter(each -> isNear(each, number))
      .filter(each -> !each.value().equals(number.value()))
      .findFirst();
  }

  /** A date in the head of a page whose label nobody knows: beside a bill's words, or beside no other's. */
  public Optional<Candidate<Dates.Moment>> dateAlone() {
    var claimed = dates
      .stream()
      .filter(date -> DATE_LABEL.matcher(date.label().key()).matches())
      .map(Owned::candidate)
      .toList();
    var free = Candidate.on(sheet, Dates::in)
      .stream()
      .filter(date -> !claimed.contains(date))
      .filter(date -> date.to() == date.phrase().text().length())
      .toList();
    return only(free, date -> OF_BILL.matcher(wordsBefore(date)).find()).or(() ->
      only(
        free,
        date ->
          date.box().top() < HEAD * sheet.bottom() &&
          !OF_OTHERS.matcher(wordsBefore(date)).find() &&
          (date.value().time().isEmpty() || date.from() > 0)
      )
    );
  }

  private static Optional<Candidate<Dates.Moment>> only(
    List<Candidate<Dates.Moment>> dates,
    Predicate<Candidate<Dates.Moment>> fits
  ) {
    var fitting = dates.stream().filter(fits).toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  /** What may be a date's label: in its phrase, or else to its left, or else above. */
  private String wordsBefore(Candidate<Dates.Moment> date) {
    var within = date.phrase().text().substring(0, date.from());
    if (within.chars().anyMatch(Character::isLetter)) {
      return within;
    }
    var box = date.box();
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().right() <= box.left())
      .filter(phrase -> phrase.box().sharedHeight(box) > 0.4 * box.height())
      .filter(phrase -> box.left() - phrase.box().right() < LABEL_GAP * box.height())
      .max(Comparator.comparingDouble(phrase -> phrase.box().right()))
      .filter(phrase -> phrase.text().chars().anyMatch(Character::isLetter))
      .or(() -> over(box))
      .map(Phrase::text)
      .orElse("");
  }

  private Optional<Phrase> over(Box box) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().middle() < box.top())
      .filter(phrase -> box.top() - phrase.box().bottom() < 1.5 * box.height())
      .filter(phrase -> phrase.box().sharedWidth(box) > 0)
      .max(Comparator.comparingDouble(phrase -> phrase.box().middle()));
  }

  /** Another date that is nearly as plain. */
  public Optional<Owned<Dates.Moment>> rivalOfDate(Owned<Dates.Moment> date) {
    return dates
      .stream()
      .filter(each -> isNear(each, date))
      .filter(each -> !each.value().date().equals(date.value().date()))
      .findFirst();
  }

  private static boolean isNear(Owned<?> other, Owned<?> chosen) {
    return (
      other.label().key().equals(chosen.label().key()) && other.score() > chosen.score() - RIVAL
    );
  }

  private static <T> Optional<Owned<T>> plainest(List<Owned<T>> owned, String... keys) {
    var wanted = List.of(keys);
    return owned
      .stream()
      .filter(each -> wanted.contains(each.label().key()))
      .max(
        Comparator.comparingDouble((Owned<T> each) -> each.score()).thenComparingDouble(
          each -> -each.candidate().box().top()
        )
      );
  }

  /** A number stands at the beginning of a phrase, or behind a label or a colon. */
  private List<Candidate<String>> documentNumbers() {
    return sheet
      .phrases()
      .flatMap(phrase -> documentNumbers(phrase).stream())
      .toList();
  }

  private List<Candidate<String>> documentNumbers(Phrase phrase) {
    var text = phrase.text();
    var starts = new ArrayList<Integer>();
    labels
      .all()
      .filter(hit -> hit.phrase().equals(phrase))
      .map(LabelHit::to)
      .forEach(starts::add);
    if (starts.isEmpty() || text.indexOf(':') == 0) {
      starts.add(0);
    }
    return starts
      .stream()
      .distinct()
      .sorted()
      .flatMap(start -> documentNumber(phrase, start, next(starts, start, text.length())).stream())
      .toList();
  }

  private static int next(List<Integer> starts, int start, int end) {
    return starts
      .stream()
      .filter(other -> other > start)
      .min(Comparator.naturalOrder())
      .orElse(end);
  }

  private Optional<Candidate<String>> documentNumber(Phrase phrase, int from, int to) {
    var printed = phrase.text().substring(from, to);
    return Identifiers.documentNumber(printed)
      .stream()
      .filter(found -> Gstins.in(found.value()).isEmpty())
      .map(found ->
        new Candidate<>(
          whole(
            sheet.isRecognised() ? Identifiers.withLetters(found.value()) : found.value(),
            printed,
            phrase
          ),
          phrase,
          from + found.from(),
          from + found.to(),
          phrase.part(from + found.from(), from + found.to())
        )
      )
      .findFirst();
  }

  /** {@code 3567/2017-} above {@code 18}. */
  private String whole(String number, String printed, Phrase phrase) {
    if (!BROKEN.matcher(printed).matches() || !phrase.text().endsWith(printed)) {
      return number;
    }
    char mark = printed.charAt(printed.length() - 1);
    return under(phrase)
      .filter(next -> REST_OF_NUMBER.matcher(next.text()).matches())
      .map(next -> (number.endsWith("/") ? number : number + mark) + next.text())
      .orElse(number);
  }

  private Optional<Phrase> under(Phrase upper) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().middle() > upper.box().bottom())
      .filter(phrase -> phrase.box().top() - upper.box().bottom() < 0.8 * upper.box().height())
      .filter(phrase -> phrase.box().sharedWidth(upper.box()) > 0)
      .findFirst();
  }

  /** The words beside or below the first of some labels. */
  public Optional<Candidate<String>> text(String... keys) {
    return labels
      .of(keys)
      .flatMap(hit -> text(hit).stream())
      .findFirst();
  }

  private Optional<Candidate<String>> text(LabelHit hit) {
    var rest = hit.rest().replaceFirst("^[\\s:：;.,=?)-]+", "");
    if (!rest.isBlank()) {
      int from = hit.phrase().text().length() - rest.length();
      int end = labels
        .all()
        .filter(other -> other.phrase().equals(hit.phrase()) && other.from() > from)
        .mapToInt(LabelHit::from)
        .min()
        .orElse(hit.phrase().text().length());
      return Optional.of(
        new Candidate<>(
          hit.phrase().text().substring(from, end).strip(),
          hit.phrase(),
          from,
          end,
          hit.phrase().part(from, end)
        )
      );
    }
    return Stream.concat(rightOf(hit), under(hit))
      .filter(phrase ->
        labels.all().noneMatch(other -> other.phrase().equals(phrase) && isLabelAlone(other))
      )
      .map(phrase -> {
        int from = phrase.text().length() - phrase.text().replaceFirst("^[\\s:：]+", "").length();
        return new Candidate<>(
          phrase.text().substring(from),
          phrase,
          from,
          phrase.text().length(),
          phrase.part(from, phrase.text().length())
        );
      })
      .filter(candidate -> !candidate.value().isBlank())
      .findFirst();
  }

  private static boolean isLabelAlone(LabelHit label) {
    return label.isAlone() || (label.from() == 0 && label.rest().matches("\\s*[:：].*"));
  }

  private Stream<Phrase> rightOf(LabelHit hit) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().sharedHeight(hit.box()) > 0.4 * hit.phrase().box().height())
      .filter(phrase -> phrase.box().left() >= hit.box().right() - hit.phrase().box().height())
      .filter(phrase -> !phrase.equals(hit.phrase()))
      .sorted(Comparator.comparingDouble(phrase -> phrase.box().left()))
      .limit(2)
      .filter(phrase -> phrase.text().chars().anyMatch(Character::isLetterOrDigit))
      .limit(1);
  }

  private Stream<Phrase> under(LabelHit hit) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().middle() > hit.box().bottom())
      .filter(phrase -> phrase.box().top() - hit.box().bottom() < 1.5 * hit.box().height())
      .filter(phrase -> phrase.box().sharedWidth(hit.box()) > 0)
      .limit(1);
  }
}
