package dev.billstep.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Holds rows against what is known to be printed on their pages, and keeps count. */
public final class Evaluation {

  /** What tells one document from another, and what a draft can't do without. */
  private static final Set<String> IDENTIFYING = Set.of(
    "invoice_number",
    "invoice_date",
    "seller.gstin",
    "buyer.gstin",
    "grand_total",
    "eway_bill_number",
    "generated_at",
    "valid_until",
    "supplier.gstin",
    "recipient.gstin",
    "document_number",
    "document_date",
    "value_of_goods",
    "vehicle_number"
  );

  private static final Set<String> ROWS = Set.of("line_items", "goods", "vehicles");

  private final Map<String, Map<String, Integer>> confusion = new TreeMap<>();
  private final Map<String, Score> fields = new TreeMap<>();
  private final List<Miss> misses = new ArrayList<>();
  private int documents;
  private int entirelyRight;
  private Trust trust = Trust.NONE;

  /**
   * Adds a document.
   *
   * @param expected what is printed on each page, with {@code page_number}, {@code doc_type} and
   *     {@code fields}; a field that is not named is not judged
   * @param rows the {@code Doc} rows
   */
  public void add(String document, List<JsonNode> expected, List<JsonNode> rows) {
    int before = misses.size();
    for (var page : expected) {
      int number = page.path("page_number").asInt();
      var row = rows
        .stream()
        .filter(each -> each.path("page_number").asInt() == number)
        .findFirst()
        .orElse(MissingNode.getInstance());
      addPage(document, number, page, row);
    }
    documents++;
    entirelyRight += misses.size() == before ? 1 : 0;
  }

  private void addPage(String document, int number, JsonNode expected, JsonNode row) {
    var wanted = expected.path("doc_type").asText();
    var given = row.path("doc_type").asText("nothing");
    confusion.computeIfAbsent(wanted, key -> new TreeMap<>()).merge(given, 1, Integer::sum);
    var page = new Page(document, number, URI.create(row.path("storage_uri").asText("")));
    if (!given.equals(wanted)) {
      misses.add(page.miss("doc_type", wanted, given));
    }
    var actual = row.at("/ocr_payload/fields");
    var before = identifying();
    expected
      .path("fields")
      .properties()
      .forEach(field -> compare(page, field.getKey(), field.getValue(), actual));
    trust = trust.plus(row.path("needs_review").asBoolean(true), before, identifying());
  }

  private Score identifying() {
    return sum(IDENTIFYING::contains);
  }

  private void compare(Page page, String path, JsonNode expected, JsonNode actual) {
    var given = at(actual, path);
    if (ROWS.contains(path)) {
      compareRows(page, path, expected, given);
    } else if (expected.isObject()) {
      expected
        .properties()
        .forEach(part -> compare(page, path + "." + part.getKey(), part.getValue(), actual));
    } else if (!expected.isNull()) {
      count(page, path, expected, given);
    }
  }

  private static JsonNode at(JsonNode fields, String path) {
    return fields.at("/" + path.replace('.', '/'));
  }

  private void count(Page page, String path, JsonNode expected, JsonNode given) {
    if (isAbsent(given)) {
      score(path, Score.MISSED);
      misses.add(page.miss(path, expected.asText(), ""));
    } else if (Normalised.equal(expected, given)) {
      score(path, Score.RIGHT);
    } else {
      score(path, Score.WRONG);
      misses.add(page.miss(path, expected.asText(), given.asText()));
    }
  }

  /** Every row is held against the one that is most like it. */
  private void compareRows(Page page, String path, JsonNode expected, JsonNode given) {
    var left = new ArrayList<>(given.valueStream().toList());
    for (var row : expected) {
      JsonNode best = MissingNode.getInstance();
      int most = 0;
      for (var candidate : left) {
        int alike = alike(row, candidate);
        if (alike > most) {
          most = alike;
          best = candidate;
        }
      }
      left.remove(best);
      for (var cell : row.properties()) {
        count(page, path + "[]." + cell.getKey(), cell.getValue(), best.path(cell.getKey()));
      }
    }
    for (var invented : left) {
      score(path + "[].description", Score.INVENTED);
      misses.add(page.miss(path, "", invented.toString()));
    }
  }

  private static int alike(JsonNode row, JsonNode candidate) {
    return (int) row
      .properties()
      .stream()
      .filter(cell -> !isAbsent(candidate.path(cell.getKey())))
      .filter(cell -> Normalised.equal(cell.getValue(), candidate.path(cell.getKey())))
      .count();
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private void score(String path, Score score) {
    fields.merge(path, score, Score::plus);
  }

  /** What has come out so far. */
  public Result result() {
    return new Result(
      documents,
      entirelyRight,
      confusion,
      identifying(),
      sum(path -> path.contains("[]")),
      sum(path -> true),
      trust,
      new LinkedHashMap<>(fields),
      List.copyOf(misses)
    );
  }

  private Score sum(Predicate<String> which) {
    return fields
      .entrySet()
      .stream()
      .filter(field -> which.test(field.getKey()))
      .map(Map.Entry::getValue)
      .reduce(Score.NONE, Score::plus);
  }

  /**
   * What came out.
   *
   * @param entirelyRight documents without a single miss
   * @param confusion pages by the type that they are, then by the type that they were taken for
   * @param identifying numbers, dates, GSTINs, totals and vehicles
   * @param rows the cells of tables
   * @param trust how far a page that asks for no review can be believed
   */
  public record Result(
    int documents,
    int entirelyRight,
    Map<String, Map<String, Integer>> confusion,
    Score identifying,
    Score rows,
    Score all,
    Trust trust,
    Map<String, Score> fields,
    List<Miss> misses
  ) {
    /** The share of pages that were taken for what they are. */
    public double accuracy() {
      int right = 0;
      int all = 0;
      for (var type : confusion.entrySet()) {
        for (var taken : type.getValue().entrySet()) {
          all += taken.getValue();
          right += taken.getKey().equals(type.getKey()) ? taken.getValue() : 0;
        }
      }
      return all == 0 ? 1 : (double) right / all;
    }

    /** As lines of text, for people. */
    public String table() {
      var types = confusion
        .entrySet()
        .stream()
        .map(type -> "  %-12s %s".formatted(type.getKey(), type.getValue()))
        .collect(Collectors.joining("\n"));
      var rows = fields
        .entrySet()
        .stream()
        .map(field -> line(field.getKey(), field.getValue()))
        .collect(Collectors.joining("\n"));
      return """
      Documents %d, fully correct %d
      Classification %.1f %%, by type and what it was taken for:
      %s

      %-32s %9s %7s %6s %6s
      %s
      %s
      %s
      %s

      %s
      """.formatted(
        documents,
        entirelyRight,
        100 * accuracy(),
        types,
        "FIELD",
        "PRECISION",
        "RECALL",
        "F1",
        "SEEN",
        rows,
        line("identifying fields", identifying),
        line("table cells", this.rows),
        line("all fields", all),
        trust.text()
      );
    }

    private static String line(String name, Score score) {
      return "%-32s %9.3f %7.3f %6.3f %6d".formatted(
        name,
        score.precision(),
        score.recall(),
        score.f1(),
        score.right() + score.missed()
      );
    }
  }

  private record Page(String document, int number, URI image) {
    Miss miss(String path, String expected, String actual) {
      return new Miss(document, number, image, path, expected, actual);
    }
  }
}
