package dev.billstep.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A document as it is exported.
 *
 * @param id of its first page's row, by which a program that has it already knows it again
 * @param fileName of the upload, as its user knows it
 * @param pageNumber of its first page, from 1
 * @param pages the numbers of all of its pages, in its order
 * @param review {@code to_review}, {@code approved} or {@code rejected}
 * @param at when that was decided; where nothing was, when the page was first read
 * @param bundle the rows of a bill's e-way bills, or of an e-way bill's bill
 * @param fields that count: what was read, with what reviewers have corrected
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ExportedDoc(
  UUID id,
  UUID jobId,
  Optional<String> fileName,
  int pageNumber,
  List<Integer> pages,
  String docType,
  String review,
  Optional<String> reviewedBy,
  Instant at,
  boolean needsReview,
  List<UUID> bundle,
  JsonNode fields
) {
  /** Its pages, in one cell. */
  String pageNumbers() {
    return pages.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  /** Its pages, for a sentence: {@code page 2}, {@code pages 2, 3, 4}. */
  String pagesInWords() {
    return pages.size() == 1
      ? "page " + pageNumber
      : "pages " + pages.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** The bundle's rows, in one cell. */
  String bundled() {
    return bundle.stream().map(UUID::toString).collect(Collectors.joining(" "));
  }
}
