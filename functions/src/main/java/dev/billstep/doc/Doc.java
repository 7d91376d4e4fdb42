package dev.billstep.doc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.page.PageRef;
import dev.billstep.reading.Classification;
import dev.billstep.reading.DocType;
import dev.billstep.reading.Finding;
import dev.billstep.reading.Reading;
import java.net.URI;
import java.util.List;

/**
 * A page's row.
 *
 * @param pageNumber from 1
 * @param storageUri where the page's image can be fetched for audit
 * @param schemaVersion of the doc type's schema, which the payload's fields satisfy
 * @param confidence of the classification, from 0 to 1
 */
public record Doc(
  int pageNumber,
  DocType docType,
  DocStatus status,
  Payload ocrPayload,
  URI storageUri,
  int schemaVersion,
  String modelId,
  String promptVersion,
  double confidence
) {
  static Doc of(PageRef page, Classification classification, Reading reading) {
    return new Doc(
      page.number(),
      reading.type(),
      DocStatus.of(reading.type()),
      new Payload(reading.fields(), reading.findings(), reading.text()),
      page.image(),
      reading.schemaVersion(),
      reading.modelId(),
      reading.promptVersion(),
      classification.confidence()
    );
  }

  /**
   * What was read.
   *
   * @param fields of the doc type's schema
   * @param text the page's text as the model saw it
   */
  public record Payload(JsonNode fields, List<Finding> findings, String text) {}
}
