package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.reading.StoredNumber;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A job's rows as a table: what each page is, what identifies it, and what is wrong with it. */
final class DocTable {

  /** By doc type, the fields that tell one document from another. */
  private static final Map<String, List<String>> IDENTIFYING = Map.of(
    "bill",
    List.of("/invoice_number", "/invoice_date", "/seller/gstin", "/grand_total"),
    "eway_bill",
    List.of("/eway_bill_number", "/generated_at", "/vehicle_number", "/value_of_goods"),
    "unknown",
    List.of("/text")
  );
  private static final int LONGEST_FIELD = 40;

  private DocTable() {}

  static String of(List<JsonNode> docs) {
    var table = new TextTable(
      "PAGE",
      "TYPE",
      "CONFIDENCE",
      "STATUS",
      "IDENTIFIED BY",
      "PROBLEMS",
      "IMAGE"
    );
    docs.forEach(doc -> table.row(row(doc, docs)));
    return Stream.concat(
      Stream.of(table.toString()),
      docs.stream().filter(DocTable::isUnread).map(DocTable::whyUnread)
    ).collect(Collectors.joining("\n"));
  }

  private static boolean isUnread(JsonNode doc) {
    return doc.path("error").isTextual();
  }

  private static String whyUnread(JsonNode doc) {
    return "Page %s: %s".formatted(
      doc.path("page_number").asText(),
      TerminalText.ofLine(doc.path("error").asText())
    );
  }

  private static List<String> row(JsonNode doc, List<JsonNode> docs) {
    var type = doc.path("doc_type").asText();
    return List.of(
      doc.path("page_number").asText(),
      type,
      String.format(Locale.ROOT, "%.2f", doc.path("confidence").asDouble()),
      status(doc),
      continued(doc, docs).orElseGet(() -> identity(type, effective(doc))),
      isUnread(doc) ? "not read" : problems(doc.path("ocr_payload").path("findings")),
      doc.path("storage_uri").asText()
    );
  }

  /** With what a person has said of it, once somebody has. */
  private static String status(JsonNode doc) {
    var review = doc.path("review").asText("to_review");
    var status = doc.path("status").asText();
    return review.equals("to_review") ? status : status + ", " + review;
  }

  /** Of a page that is not the first of its document: of which it is. */
  private static Optional<String> continued(JsonNode doc, List<JsonNode> docs) {
    return docs
      .stream()
      .filter(head -> head.path("id").equals(doc.path("head_id")))
      .findFirst()
      .map(head -> "continues page " + head.path("page_number").asText());
  }

  /** What counts: what was read, with what reviewers have corrected, of all pages of the document. */
  private static JsonNode effective(JsonNode doc) {
    if (doc.path("document_fields").isObject()) {
      return doc.path("document_fields");
    }
    var corrected = doc.path("corrected_fields");
    return corrected.isObject() ? corrected : doc.path("ocr_payload").path("fields");
  }

  private static String identity(String type, JsonNode fields) {
    return IDENTIFYING.getOrDefault(type, List.of())
      .stream()
      .map(fields::at)
      .flatMap(DocTable::shown)
      .collect(Collectors.joining(", "));
  }

  private static Stream<String> shown(JsonNode value) {
    return Optional.of(value)
      .filter(JsonNode::isValueNode)
      .filter(node -> !node.isNull())
      .map(node -> node.isNumber() ? StoredNumber.text(node) : node.asText())
      .map(text -> text.strip().lines().findFirst().orElse(""))
      .map(text -> text.length() <= LONGEST_FIELD ? text : text.substring(0, LONGEST_FIELD) + "…")
      .filter(text -> !text.isBlank())
      .stream();
  }

  private static String problems(JsonNode findings) {
    return findings.isEmpty()
      ? "none"
      : findings
          .valueStream()
          .map(finding -> finding.path("code").asText() + " " + finding.path("path").asText())
          .collect(Collectors.joining(", "));
  }
}
