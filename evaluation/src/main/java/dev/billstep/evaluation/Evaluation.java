package dev.billstep.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.billstep.doc.Evidence;
import dev.billstep.evaluation.DirectReading.ReadPage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds rows against what is known to be printed on their pages, and keeps count. */
public final class Evaluation {

  private static final Set<String> ROWS = Set.of("line_items", "goods", "vehicles");

  /** Of a document's name, what tells its family where its labels do not: its first two words. */
  private static final Pattern FAMILY = Pattern.compile("^([a-z]+(?:_[a-z]+)?).*");

  private final List<PageScore> pages = new ArrayList<>();
  private final List<Miss> misses = new ArrayList<>();
  private int documents;
  private int entirelyRight;

  /**
   * Adds a document that was read in this process.
   *
   * @param expected as for its rows alone
   */
  public void addRead(String document, List<JsonNode> expected, List<ReadPage> read) {
    var evidence = read
      .stream()
      .collect(Collectors.toMap(page -> number(page.row()), ReadPage::evidence));
    add(document, expected, read.stream().map(ReadPage::row).toList(), evidence);
  }

  /**
   * Adds a document.
   *
   * @param expected what is printed on each page, with {@code page_number}, {@code doc_type}, {@code
   *     fields} and, where it is one of a family that looks alike, {@code layout}; a field that is not
   *     named is not judged
   * @param rows the {@code Doc} rows
   */
  public void add(String document, List<JsonNode> expected, List<JsonNode> rows) {
    add(document, expected, rows, Map.of());
  }

  private void add(
    String document,
    List<JsonNode> expected,
    List<JsonNode> rows,
    Map<Integer, Evidence> evidence
  ) {
    int before = misses.size();
    for (var page : expected) {
      int number = number(page);
      var row = rows
        .stream()
        .filter(each -> number(each) == number)
        .findFirst()
        .orElse(MissingNode.getInstance());
      var known = Optional.ofNullable(evidence.get(number));
      pages.add(new Comparison(document, number, page, row).score(known));
    }
    documents++;
    entirelyRight += misses.size() == before ? 1 : 0;
  }

  /** What has come out so far. */
  public EvaluationResult result() {
    return new EvaluationResult(documents, entirelyRight, List.copyOf(pages), List.copyOf(misses));
  }

  private static int number(JsonNode page) {
    return page.path("page_number").asInt();
  }

  private static String family(String document, JsonNode expected) {
    return expected.path("layout").asText(FAMILY.matcher(document).replaceFirst("$1"));
  }

  /** A page's row beside what it should say. */
  private final class Comparison {

    private final String document;
    private final int number;
    private final JsonNode expected;
    private final JsonNode row;
    private final SeenOnPage seen;
    private final Map<String, Score> fields = new TreeMap<>();

    Comparison(String document, int number, JsonNode expected, JsonNode row) {
      this.document = document;
      this.number = number;
      this.expected = expected;
      this.row = row;
      this.seen = new SeenOnPage(row.at("/ocr_payload/text").asText(""));
    }

    PageScore score(Optional<Evidence> evidence) {
      var wanted = expected.path("doc_type").asText();
      var given = row.path("doc_type").asText("nothing");
      if (!isTaken()) {
        miss("doc_type", wanted, given, Cause.CLASS);
      }
      var actual = row.at("/ocr_payload/fields");
      expected
        .path("fields")
        .properties()
        .forEach(field -> compare(field.getKey(), field.getValue(), actual));
      return new PageScore(
        document,
        number,
        family(document, expected),
        wanted,
        given,
        row.path("needs_review").asBoolean(true),
        Set.copyOf(row.at("/ocr_payload/findings").findValuesAsText("code")),
        row.path("confidence").asDouble(0),
        evidence,
        fields
      );
    }

    private boolean isTaken() {
      return row.path("doc_type").asText().equals(expected.path("doc_type").asText());
    }

    private void compare(String path, JsonNode wanted, JsonNode actual) {
      var given = actual.at("/" + path.replace('.', '/'));
      if (ROWS.contains(path)) {
        compareRows(path, wanted, given);
      } else if (wanted.isObject()) {
        wanted
          .properties()
          .forEach(part -> compare(path + "." + part.getKey(), part.getValue(), actual));
      } else if (!wanted.isNull()) {
        count(path, wanted, given);
      }
    }

    private void count(String path, JsonNode wanted, JsonNode given) {
      if (isAbsent(given)) {
        score(path, Score.MISSED);
        miss(path, wanted.asText(), "", cause(wanted, Cause.NOT_FOUND));
      } else if (Normalised.equal(wanted, given)) {
        score(path, Score.RIGHT);
      } else {
        score(path, Score.WRONG);
        miss(path, wanted.asText(), given.asText(), cause(wanted, Cause.OTHER_TAKEN));
      }
    }

    private Cause cause(JsonNode wanted, Cause ofReader) {
      if (!isTaken()) {
        return Cause.CLASS;
      }
      return seen.has(wanted) ? ofReader : Cause.NOT_SEEN;
    }

    /** Every row is held against the one that is most like it. */
    private void compareRows(String path, JsonNode wanted, JsonNode given) {
      var left = new ArrayList<>(given.valueStream().toList());
      for (var line : wanted) {
        JsonNode best = MissingNode.getInstance();
        int most = 0;
        for (var candidate : left) {
          int alike = alike(line, candidate);
          if (alike > most) {
            most = alike;
            best = candidate;
          }
        }
        left.remove(best);
        for (var cell : line.properties()) {
          count(path + "[]." + cell.getKey(), cell.getValue(), best.path(cell.getKey()));
        }
      }
      for (var invented : left) {
        score(path + "[].description", Score.INVENTED);
        miss(path, "", invented.toString(), Cause.INVENTED);
      }
    }

    private void score(String path, Score score) {
      fields.merge(path, score, Score::plus);
    }

    private void miss(String path, String wanted, String given, Cause cause) {
      var image = URI.create(row.path("storage_uri").asText(""));
      misses.add(new Miss(document, number, image, path, wanted, given, cause));
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
}
