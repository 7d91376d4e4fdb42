package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.json.Json;
import dev.billstep.operation.JoinedFields.OfPage;
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
 * @param document that it is a page of
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
  Document document,
  JsonNode same,
  JsonNode bundle,
  List<Finding> findings,
  Optional<JsonNode> schema
) {
  /** With which the codes of findings begin that the rows of a bundle make together. */
  private static final String OF_BUNDLE = "bundle.";

  /** A reader's doubt that joining ends. */
  private static final String OF_SEVERAL_PAGES = "page.continuation";

  /** And of those that say that it looks like one document with another page. */
  private static final String OF_DOCUMENT = "document.contin";

  /**
   * Which pages are one document with a page.
   *
   * @param pages of the document, in order; with {@code version}, {@code head_id} of its first, and
   *     {@code because}: why it looks like a continuation of the page before it
   * @param fields that its pages say together; none where there is one page
   * @param origins which page says what of them ({@code joined_fields.sql})
   * @param elsewhere the findings of its other pages
   * @param before the pages of the document before it
   * @param proposed the pages that look like one document with it; none where nothing is to be said
   */
  public record Document(
    JsonNode pages,
    Optional<JsonNode> fields,
    JsonNode origins,
    List<OtherPage> elsewhere,
    JsonNode before,
    JsonNode proposed
  ) {}

  /** What the checks of a document say of another page of it. */
  public record OtherPage(int page, String path, String message, Severity severity) {
    static OtherPage of(OfPage placed) {
      var finding = placed.finding();
      return new OtherPage(placed.page(), finding.path(), finding.message(), finding.severity());
    }
  }

  /**
   * Puts it together.
   *
   * @param row as {@code doc_for_review} gives it
   */
  static ReviewedDoc of(JsonNode row, Optional<DocTypeSchema> schema, FieldChecks checks) {
    var fields = Optional.of(row.path("fields")).filter(JsonNode::isObject);
    ObjectNode doc = row.path("doc").deepCopy();
    doc.set("ocr_payload", printed(row));
    int page = doc.path("page_number").asInt();
    var joined = JoinedFields.of(row.path("document"))
      .map(document -> document.findings(checks))
      .orElse(List.of());
    return new ReviewedDoc(
      doc,
      fields,
      row.path("lines"),
      row.path("corrections"),
      row.path("decisions"),
      document(
        row.path("document"),
        joined
          .stream()
          .filter(each -> each.page() != page)
          .toList()
      ),
      row.path("same"),
      row.path("bundle"),
      fields
        .flatMap(known -> schema.map(type -> findings(row, type, known, checks)))
        .orElse(List.of()),
      schema.map(DocTypeSchema::schema)
    );
  }

  private static Document document(JsonNode document, List<OfPage> elsewhere) {
    return new Document(
      document.path("pages"),
      Optional.of(document.path("fields")).filter(JsonNode::isObject),
      document.path("origins"),
      elsewhere.stream().map(OtherPage::of).toList(),
      document.path("before"),
      document.path("proposed")
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
    var lines = LineKeys.of(row.path("lines"));
    var now = JoinedFields.of(row.path("document"))
      .map(document -> ofPage(document, row.at("/doc/page_number").asInt(), lines, checks))
      .orElseGet(() -> ofFields(schema, fields, lines, checks));
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

  /** What they have to say of a page, as one of its document: a total on its last page is no other's lack. */
  static List<Finding> ofPage(JoinedFields document, int page, LineKeys lines, FieldChecks checks) {
    return document
      .findings(checks)
      .stream()
      .filter(each -> each.page() == page)
      .flatMap(each -> keyed(each.finding(), lines).stream())
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
    boolean isJoined = row.at("/document/pages").size() > 1;
    return found
      .stream()
      .flatMap(finding -> keyed(finding, read).stream())
      .filter(
        finding ->
          !looked.contains(finding.path()) &&
          !finding.code().startsWith(OF_BUNDLE) &&
          !finding.code().startsWith(OF_DOCUMENT) &&
          !(isJoined && finding.code().equals(OF_SEVERAL_PAGES))
      )
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
