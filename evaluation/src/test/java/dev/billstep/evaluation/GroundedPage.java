package dev.billstep.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocType;
import dev.billstep.json.Json;
import dev.billstep.page.DocumentSplitter;
import dev.billstep.page.SeenWord;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.SplitPage;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A labelled page, with the words that its values are looked for in.
 *
 * @param document that it is of
 * @param fields as they are printed
 */
record GroundedPage(String document, DocType type, ObjectNode fields, List<SeenWord> words) {
  private static final List<String> IDENTIFYING = List.of(
    "/invoice_number",
    "/invoice_date",
    "/seller/gstin",
    "/buyer/gstin",
    "/grand_total",
    "/irn",
    "/eway_bill_number",
    "/supplier/gstin",
    "/recipient/gstin",
    "/document_number",
    "/document_date",
    "/vehicle_number",
    "/value_of_goods"
  );
  private static final List<String> OF_LINES = List.of(
    "quantity",
    "unit_price",
    "taxable_value",
    "total"
  );
  private static final FieldChecks CHECKS = new FieldChecks(InstantSource.system());
  private static final SplitLimits LIMITS = new SplitLimits(1 << 26, 10, 60_000_000, 200, 5);

  /**
   * The pages of a labelled document that are bills or e-way bills.
   *
   * @param expected its labels, beside it
   * @param words of a page that is drawn
   */
  static List<GroundedPage> of(
    Path document,
    Path expected,
    Function<SplitPage.Drawn, List<SeenWord>> words
  ) {
    try {
      var drawn = new ArrayList<SplitPage>();
      var name = document.getFileName().toString();
      DocumentSplitter.of(document, name).split(document, LIMITS, drawn::add);
      var labels = Json.read(Files.readAllBytes(expected), JsonNode.class);
      return IntStream.range(0, labels.size())
        .mapToObj(index -> {
          var label = labels.get(index);
          return new GroundedPage(
            "%s, page %d".formatted(name, index + 1),
            DocType.ofLabel(label.path("doc_type").asText()).orElseThrow(),
            (ObjectNode) label.path("fields"),
            words.apply((SplitPage.Drawn) drawn.get(index))
          );
        })
        .filter(page -> page.type() != DocType.UNKNOWN)
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fields that are looked for, by their pointers, where they are there. */
  List<String> values() {
    var rows = Stream.of("line_items", "goods").flatMap(table ->
      IntStream.range(0, fields.path(table).size())
        .boxed()
        .flatMap(row -> OF_LINES.stream().map(name -> "/%s/%d/%s".formatted(table, row, name)))
    );
    return Stream.concat(IDENTIFYING.stream(), rows)
      .filter(path -> fields.at(path).isValueNode() && !fields.at(path).isNull())
      .filter(path -> !fields.at(path).asText().isBlank())
      .toList();
  }

  /** Those that are said to stand nowhere on the page. */
  List<Finding> doubted() {
    return doubted(fields);
  }

  /** Whether a value that is made up in the place of the true one is found. */
  boolean isFound(String path, Random random) {
    var made = fields.deepCopy();
    plant(made, path, random);
    return doubted(made)
      .stream()
      .anyMatch(finding -> finding.path().equals(path) || finding.path().isEmpty());
  }

  private List<Finding> doubted(JsonNode wanted) {
    return CHECKS.findings(type, wanted, words)
      .stream()
      .filter(finding -> finding.code().equals(FieldChecks.NOT_PRINTED))
      .toList();
  }

  /** Of the same form: digits and letters are others. */
  private static void plant(ObjectNode fields, String path, Random random) {
    var row = (ObjectNode) fields.at(path.substring(0, path.lastIndexOf('/')));
    var name = path.substring(path.lastIndexOf('/') + 1);
    var value = row.path(name);
    if (value.isNumber()) {
      row.put(name, random.nextInt(10_000, 99_999_999) / 100.0);
    } else if (name.endsWith("_date")) {
      row.put(
        name,
        "20%02d-%02d-%02d".formatted(
          random.nextInt(27, 60),
          1 + random.nextInt(12),
          1 + random.nextInt(28)
        )
      );
    } else {
      var made = new StringBuilder();
      value
        .asText()
        .chars()
        .forEach(letter -> made.append(other((char) letter, random)));
      row.put(name, made.toString());
    }
  }

  private static char other(char letter, Random random) {
    if (Character.isDigit(letter)) {
      return (char) ('0' + random.nextInt(10));
    }
    return Character.isLetter(letter) ? (char) ('A' + random.nextInt(26)) : letter;
  }
}
