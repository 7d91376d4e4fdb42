package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a document of several pages says, and which of them says it.
 *
 * @param pages their numbers, in order
 * @param fields with the lines of all pages in its tables
 * @param origins by fields: the number of a page, null where none says it, and of a table how many lines
 *     of which page it has
 */
record JoinedFields(DocType type, List<Integer> pages, JsonNode fields, JsonNode origins) {
  private static final Pattern PLACE = Pattern.compile("/([^/]+)(?:/(\\d+)(/.*)?)?.*");

  /** What stands at the end of a document: as {@code is_total.sql} has it, which joins the pages. */
  private static final Pattern TOTAL = Pattern.compile(
    ".*_total|round_off|amount_in_words|value_of_goods"
  );

  /**
   * Of a page that is one of several; empty where it is a document by itself, or no page of it was read.
   *
   * @param document as {@code document_in_review} gives it
   */
  static Optional<JoinedFields> of(JsonNode document) {
    return of(document, document.path("fields"), document.path("origins"));
  }

  /** The same document, where a page says something else. */
  static Optional<JoinedFields> of(JsonNode document, JsonNode fields, JsonNode origins) {
    var pages = document.path("pages");
    return DocType.ofLabel(pages.path(0).path("doc_type").asText())
      .filter(type -> fields.isObject())
      .map(type ->
        new JoinedFields(
          type,
          pages
            .valueStream()
            .map(page -> page.path("page_number").asInt())
            .toList(),
          fields,
          origins
        )
      );
  }

  /**
   * A finding of one of its pages.
   *
   * @param finding with its path in that page's fields
   */
  record OfPage(int page, Finding finding) {}

  /** What the checks have to say of the document, each on the page that it is about. */
  List<OfPage> findings(FieldChecks checks) {
    return checks.findings(type, fields).stream().map(this::placed).toList();
  }

  /** What nobody says is missing where it should stand: a total at the end, all else at the beginning. */
  private OfPage placed(Finding finding) {
    var place = PLACE.matcher(finding.path());
    if (!place.matches()) {
      return new OfPage(pages.getFirst(), finding);
    }
    var origin = origins.path(place.group(1));
    if (origin.isArray() && place.group(2) != null) {
      return line(finding, origin, place.group(1), Integer.parseInt(place.group(2)));
    }
    if (origin.isArray()) {
      return new OfPage(pages.getLast(), finding);
    }
    int usual = isTotal(place.group(1)) ? pages.getLast() : pages.getFirst();
    return new OfPage(origin.asInt(usual), finding);
  }

  static boolean isTotal(String field) {
    return TOTAL.matcher(field).matches();
  }

  private OfPage line(Finding finding, JsonNode origin, String table, int number) {
    int before = 0;
    for (var part : origin) {
      int lines = part.path("lines").asInt();
      if (number < before + lines) {
        var path = finding
          .path()
          .replaceFirst("^/[^/]+/\\d+", "/%s/%d".formatted(table, number - before));
        return new OfPage(
          part.path("page").asInt(),
          new Finding(finding.code(), path, finding.message(), finding.severity())
        );
      }
      before += lines;
    }
    return new OfPage(pages.getLast(), finding);
  }
}
