package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.json.Json;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import dev.billstep.reading.Finding.Severity;
import dev.billstep.reading.TypedFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page for its reviewer. Paths name lines of tables by their keys.
 *
 * @param doc its {@code Doc} row; its payload has nothing but where values are printed
 * @param fields that count; none where it was not read
 * @param lines the keys of the lines of its tables, in order
 * @param corrections that stand
 * @param decisions so far
 * @param same other documents of the user with its number
 * @param bundle the e-way bills of a bill, or the bill of an e-way bill, each with what differs
 * @param findings of the fields that count
 * @param schema of its fields; none where it was not read
 */
public record ReviewedDoc(
  JsonNode doc,
  Optional<JsonNode> fields,
  JsonNode lines,
  JsonNode corrections,
  JsonNode decisions,
  JsonNode same,
  JsonNode bundle,
  List<Finding> findings,
  Optional<JsonNode> schema
) {
  /** With which the codes of findings begin that the rows of a bundle make together. */
  private static final String OF_BUNDLE = "bundle.";

  /**
   * Puts it together.
   *
   * @param row as {@code doc_for_review} gives it
   */
  static ReviewedDoc of(JsonNode row, Optional<DocTypeSchema> schema, FieldChecks checks) {
    var fields = Optional.of(row.path("fields")).filter(JsonNode::isObject);
    ObjectNode doc = row.path("doc").deepCopy();
    doc.set("ocr_payload", printed(row));
    return new ReviewedDoc(
      doc,
      fields,
      row.path("lines"),
      row.path("corrections"),
      row.path("decisions"),
      row.path("same"),
      row.path("bundle"),
      fields
        .flatMap(known -> schema.map(type -> findings(row, type, known, checks)))
        .orElse(List.of()),
      schema.map(DocTypeSchema::schema)
    );
  }

  private static JsonNode printed(JsonNode row) {
    var read = LineKeys.of(row.path("read_lines"));
    var printed = Json.mapper().createObjectNode();
    row
      .at("/doc/ocr_payload/printed")
      .properties()
      .forEach(place ->
        read.keyed(place.getKey()).ifPresent(path -> printed.set(path, place.getValue()))
      );
    return Json.mapper().createObjectNode().set("printed", printed);
  }

  private static List<Finding> findings(
    JsonNode row,
    DocTypeSchema schema,
    JsonNode fields,
    FieldChecks checks
  ) {
    var now = ofFields(schema, fields, LineKeys.of(row.path("lines")), checks);
    return Stream.of(
      conflicts(row),
      now.stream(),
      ofBundle(row),
      doubts(row, schema.docType(), checks).stream()
    )
      .flatMap(findings -> findings)
      .toList();
  }

  /** What the checks have to say of fields. */
  static List<Finding> ofFields(
    DocTypeSchema schema,
    JsonNode fields,
    LineKeys lines,
    FieldChecks checks
  ) {
    return checks
      .findings(schema.docType(), TypedFields.of(schema, fields).stored())
      .stream()
      .flatMap(finding -> keyed(finding, lines).stream())
      .toList();
  }

  private static Optional<Finding> keyed(Finding finding, LineKeys lines) {
    return lines
      .keyed(finding.path())
      .map(path -> new Finding(finding.code(), path, finding.message(), finding.severity()));
  }

  /** What was found besides by the checks, and of what nobody has looked at since. */
  private static List<Finding> doubts(JsonNode row, DocType type, FieldChecks checks) {
    var payload = row.at("/doc/ocr_payload");
    var found = new ArrayList<>(
      List.of(Json.mapper().convertValue(payload.path("findings"), Finding[].class))
    );
    found.removeAll(checks.findings(type, payload.path("fields")));
    var read = LineKeys.of(row.path("read_lines"));
    var looked = looked(row);
    return found
      .stream()
      .flatMap(finding -> keyed(finding, read).stream())
      .filter(finding -> !looked.contains(finding.path()) && !finding.code().startsWith(OF_BUNDLE))
      .toList();
  }

  /** In what the documents of its bundle differ by now, where nobody has looked at it. */
  private static Stream<Finding> ofBundle(JsonNode row) {
    var looked = looked(row);
    return row
      .path("bundle")
      .valueStream()
      .flatMap(other -> other.path("differences").valueStream())
      .map(difference -> Json.mapper().convertValue(difference, Finding.class))
      .filter(finding -> !looked.contains(finding.path()));
  }

  private static Set<String> looked(JsonNode row) {
    return row
      .path("corrections")
      .valueStream()
      .map(correction -> correction.path("path").asText())
      .collect(Collectors.toCollection(HashSet::new));
  }

  private static Stream<Finding> conflicts(JsonNode row) {
    return row
      .at("/doc/conflicts")
      .valueStream()
      .map(path ->
        new Finding(
          "reading.conflict",
          path.asText(),
          "A later reading says something else here than the one that was corrected. Confirm or correct it again.",
          Severity.ERROR
        )
      );
  }
}
