package dev.billstep.doc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.page.PageRef;
import dev.billstep.reading.Classification;
import dev.billstep.reading.DocType;
import dev.billstep.reading.Finding;
import dev.billstep.reading.Reading;
import dev.billstep.reading.UnreadPage;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A page's row.
 *
 * @param pageNumber from 1
 * @param storageUri where the page's image can be fetched for audit
 * @param schemaVersion of the doc type's schema, which the payload's fields satisfy; none where the
 *     page could not be read
 * @param confidence of the classification, from 0 to 1
 * @param error why the page could not be read, where it could not
 */
public record Doc(
  int pageNumber,
  DocType docType,
  DocStatus status,
  Payload ocrPayload,
  URI storageUri,
  Optional<Integer> schemaVersion,
  String modelId,
  String promptVersion,
  double confidence,
  Optional<String> error
) {
  static Doc of(PageRef page, Classification classification, Reading reading) {
    return new Doc(
      page.number(),
      reading.type(),
      DocStatus.of(reading.type()),
      new Payload(
        Optional.of(reading.fields()),
        reading.findings(),
        reading.text(),
        Optional.empty()
      ),
      page.image(),
      Optional.of(reading.schemaVersion()),
      reading.modelId(),
      reading.promptVersion(),
      classification.confidence(),
      Optional.empty()
    );
  }

  static Doc unread(
    PageRef page,
    Optional<Classification> classification,
    UnreadPage unread,
    JobSettings settings
  ) {
    var type = classification.map(Classification::type);
    return new Doc(
      page.number(),
      type.orElse(DocType.UNKNOWN),
      DocStatus.UNKNOWN,
      new Payload(Optional.empty(), List.of(), "", unread.rejected()),
      page.image(),
      Optional.empty(),
      settings.model().id(),
      type
        .map(known -> settings.schemaOf(known).prompt().version())
        .orElse(settings.classifyPrompt().version()),
      classification.map(Classification::confidence).orElse(0.0),
      Optional.of(unread.sentence())
    );
  }

  /**
   * What was read.
   *
   * @param fields of the doc type's schema; none where the page could not be read
   * @param text the page's text as the model saw it
   * @param rejected what the model gave that does not fit the schema, where that is why the page
   *     could not be read
   */
  public record Payload(
    Optional<JsonNode> fields,
    List<Finding> findings,
    String text,
    Optional<UnreadPage.Rejected> rejected
  ) {}
}
