package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for what a model has read in the words of the page, which it was not shown: what stands
 * nowhere was made up. Letters and digits that OCR takes for each other are the same here; of a word
 * that OCR is not certain of, a character may be another.
 */
final class Grounding {

  private static final List<String> OF_BILL = List.of(
    "/invoice_number",
    "/invoice_date",
    "/seller/gstin",
    "/buyer/gstin",
    "/grand_total",
    "/irn"
  );
  private static final List<String> OF_EWAY_BILL = List.of(
    "/eway_bill_number",
    "/generated_at",
    "/generated_by_gstin",
    "/supplier/gstin",
    "/recipient/gstin",
    "/document_number",
    "/document_date",
    "/value_of_goods",
    "/vehicle_number"
  );
  private static final Set<String> OF_LINES = Set.of(
    "quantity",
    "unit_price",
    "taxable_value",
    "total"
  );

  /** Who is to pay what to whom. */
  private static final Pattern TELLING = Pattern.compile(
    "/(invoice_number|grand_total|irn|eway_bill_number|.*gstin)"
  );

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T.*)?");
  private static final Pattern FIGURES = Pattern.compile("\\d[\\d,.]*");

  /** A date with its time may be as many words. */
  private static final int LONGEST_DATE = 5;

  /** Of what is looked for; where less is found, the words are not those of the page. */
  private static final double WITNESS = 0.8;

  /** Of a guess: below it, one character in {@link #CHARACTERS_A_SLIP} may be another. */
  private static final double CERTAIN = 0.95;

  private static final int CHARACTERS_A_SLIP = 6;

  private final String letters;
  private final BitSet doubtful;
  private final Set<String> figures;
  private final Set<String> doubtfulFigures;
  private final Set<String> dates;

  private Grounding(List<SeenWord> words) {
    var text = new StringBuilder();
    var doubted = new BitSet();
    this.figures = new HashSet<>();
    this.doubtfulFigures = new HashSet<>();
    for (var seen : words) {
      boolean isDoubtful = seen.certainty() < CERTAIN;
      int from = text.length();
      text.append(folded(seen.word().text()));
      doubted.set(from, text.length(), isDoubtful);
      figures(seen).forEach(isDoubtful ? doubtfulFigures::add : figures::add);
    }
    this.letters = text.toString();
    this.doubtful = doubted;
    this.dates = dates(words.stream().map(SeenWord::word).toList());
  }

  /** OCR takes digits for letters that look like them; a text layer has what it has. */
  private static Stream<String> figures(SeenWord seen) {
    var text = seen.word().text();
    var figures = FIGURES.matcher(text)
      .results()
      .map(figure -> digits(figure.group()));
    return seen.isGuess() ? Stream.concat(figures, asFigure(text).stream()) : figures;
  }

  private static Optional<String> asFigure(String text) {
    var folded = folded(text);
    long given = text.chars().filter(Character::isDigit).count();
    return given * 2 > folded.length() && folded.chars().allMatch(Character::isDigit)
      ? Optional.of(digits(folded))
      : Optional.empty();
  }

  /**
   * What stands nowhere on the page.
   *
   * @param fields in the form in which they are stored
   * @param words of the page, in reading order
   * @return nothing where the page has no words
   */
  static List<Finding> findings(DocType type, JsonNode fields, List<SeenWord> words) {
    if (words.isEmpty() || type == DocType.UNKNOWN) {
      return List.of();
    }
    var page = new Grounding(words);
    var values = values(type, fields);
    var missing = values
      .stream()
      .filter(value -> !page.has(value.json()))
      .toList();
    return missing.size() > values.size() * (1 - WITNESS) && missing.size() > 1
      ? List.of(notThePages(missing.size(), values.size(), words))
      : missing.stream().map(Grounding::notPrinted).toList();
  }

  private static Finding notThePages(int missing, int all, List<SeenWord> words) {
    boolean isGuess = words.stream().anyMatch(SeenWord::isGuess);
    return new Finding(
      FieldChecks.NOT_PRINTED,
      "",
      (isGuess
        ? "%d of %d values are not among the words that OCR sees on the page: it can't be told whether they are right."
        : "%d of %d values stand nowhere in the page's own text: either it is not what is seen on the page, or the values are not."
      ).formatted(missing, all),
      isGuess ? Finding.Severity.WARNING : Finding.Severity.ERROR
    );
  }

  private static Finding notPrinted(Value value) {
    return new Finding(
      FieldChecks.NOT_PRINTED,
      value.path(),
      "\"%s\" stands nowhere on the page.".formatted(
        value.json().isNumber() ? StoredNumber.text(value.json()) : value.json().asText()
      ),
      TELLING.matcher(value.path()).matches() ? Finding.Severity.ERROR : Finding.Severity.WARNING
    );
  }

  private static List<Value> values(DocType type, JsonNode fields) {
    var alone = (type == DocType.BILL ? OF_BILL : OF_EWAY_BILL)
      .stream()
      .map(path -> new Value(path, fields.at(path)));
    return Stream.concat(alone, Stream.concat(rows(fields, "line_items"), rows(fields, "goods")))
      .filter(value -> value.json().isNumber() || !value.json().asText().isBlank())
      .filter(value -> !value.json().isNull())
      .toList();
  }

  private static Stream<Value> rows(JsonNode fields, String table) {
    var values = new ArrayList<Value>();
    var rows = fields.path(table);
    for (int index = 0; index < rows.size(); index++) {
      var path = "/%s/%d/".formatted(table, index);
      rows
        .get(index)
        .propertyStream()
        .filter(field -> OF_LINES.contains(field.getKey()))
        .forEach(field -> values.add(new Value(path + field.getKey(), field.getValue())));
    }
    return values.stream();
  }

  private boolean has(JsonNode value) {
    if (value.isNumber()) {
      return hasAmount(value.decimalValue().abs());
    }
    var text = value.asText();
    return DATE.matcher(text).matches()
      ? dates.contains(text.substring(0, 10))
      : hasText(folded(text));
  }

  private boolean hasText(String text) {
    int slips = text.length() / CHARACTERS_A_SLIP;
    return (
      letters.contains(text) ||
      (slips > 0 &&
        !doubtful.isEmpty() &&
        IntStream.rangeClosed(0, letters.length() - text.length()).anyMatch(start ->
          isAt(start, text, slips)
        ))
    );
  }

  /** Whether it stands there, but for characters that are doubted. */
  private boolean isAt(int start, String text, int slips) {
    int other = 0;
    for (int index = 0; index < text.length(); index++) {
      if (letters.charAt(start + index) != text.charAt(index)) {
        other++;
        if (other > slips || !doubtful.get(start + index)) {
          return false;
        }
      }
    }
    return true;
  }

  /** However many of its decimals are printed; a row may print none, or three. */
  private boolean hasAmount(BigDecimal amount) {
    return Stream.of(0, 1, 2, 3).anyMatch(
      decimals ->
        isExact(amount, decimals) &&
        hasFigure(digits(amount.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString()))
    );
  }

  private boolean hasFigure(String figure) {
    return (
      figures.contains(figure) ||
      doubtfulFigures.contains(figure) ||
      (figure.length() >= CHARACTERS_A_SLIP / 2 + 1 &&
        doubtfulFigures.stream().anyMatch(doubted -> isOneDigitOff(figure, doubted)))
    );
  }

  private static boolean isOneDigitOff(String figure, String doubted) {
    return (
      figure.length() == doubted.length() &&
      IntStream.range(0, figure.length())
        .filter(index -> figure.charAt(index) != doubted.charAt(index))
        .count() == 1
    );
  }

  private static boolean isExact(BigDecimal amount, int decimals) {
    return amount.stripTrailingZeros().scale() <= decimals;
  }

  /** Without zeros in front, as of a number that is printed {@code .50}. */
  private static String digits(String figure) {
    return figure.replaceAll("\\D", "").replaceFirst("^0+(?=.)", "");
  }

  private static Set<String> dates(List<Word> words) {
    var dates = new HashSet<String>();
    for (int first = 0; first < words.size(); first++) {
      var run = new StringBuilder();
      for (int next = first; next < Math.min(words.size(), first + LONGEST_DATE); next++) {
        run.append(words.get(next).text()).append(' ');
        IndianNotation.date(run.toString()).ifPresent(dates::add);
      }
    }
    return dates;
  }

  /** Letters and digits alone, where those that look alike are one. */
  private static String folded(String text) {
    var folded = new StringBuilder();
    text
      .toUpperCase(Locale.ROOT)
      .codePoints()
      .filter(Character::isLetterOrDigit)
      .forEach(character ->
        folded.appendCodePoint(
          switch (character) {
            case 'O', 'Q', 'D' -> '0';
            case 'I', 'L', '|' -> '1';
            case 'Z' -> '2';
            case 'S' -> '5';
            case 'G' -> '6';
            case 'B' -> '8';
            default -> character;
          }
        )
      );
    return folded.toString();
  }

  private record Value(String path, JsonNode json) {}
}
