package dev.billstep.doc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.billstep.doctype.DocType;
import dev.billstep.page.PageRef;
import dev.billstep.reading.Classification;
import dev.billstep.reading.Finding;
import dev.billstep.reading.PrintedValue;
import dev.billstep.reading.Reading;
import dev.billstep.reading.UnreadPage;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A page's row. Its JSON is what the database takes: each component is the column of its name.
 *
 * @param pageNumber from 1
 * @param storageUri where the page's image can be fetched for audit, or why there is none
 * @param schemaVersion of the doc type's schema, which the payload's fields satisfy; none where the
 *     page could not be read
 * @param confidence that the page is what it was taken for and says what was read, from 0 to 1: where a
 *     {@link Calibration} was fitted to the model's answers, how often such pages are right; otherwise
 *     what pages can be sorted by, and no more
 * @param error why the page could not be read, where it could not
 * @param needsReview whether somebody should look at it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
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
  Optional<String> error,
  boolean needsReview
) {
  /** By the rule of thumb, what a finding leaves of a page's confidence: half where a value can't be right. */
  private static final double AFTER_ERROR = 0.5;

  private static final double AFTER_WARNING = 0.95;

  /**
   * Of a page that was read.
   *
   * @param checked what the checks have to say of the reading's fields
   */
  public static Doc of(
    PageRef page,
    Classification classification,
    Reading reading,
    List<Finding> checked
  ) {
    var findings = findings(page, checked, reading.doubts());
    return new Doc(
      page.number(),
      reading.type(),
      DocStatus.of(reading.type()),
      new Payload(
        Optional.of(reading.fields()),
        reading.printed(),
        findings,
        reading.text(),
        Optional.empty()
      ),
      page.image(),
      Optional.of(reading.schemaVersion()),
      reading.modelId(),
      reading.promptVersion(),
      confidence(reading.modelId(), classification, findings),
      Optional.empty(),
      !findings.isEmpty()
    );
  }

  /** What was read from an image that lacks something may lack it, too. */
  private static List<Finding> findings(PageRef page, List<Finding> checked, List<Finding> doubts) {
    var incomplete = page
      .omissions()
      .stream()
      .map(it -> new Finding("page.incomplete", "", it.sentence(), Finding.Severity.ERROR));
    return Stream.of(incomplete, checked.stream(), doubts.stream())
      .flatMap(Function.identity())
      .toList();
  }

  private static double confidence(
    String modelId,
    Classification classification,
    List<Finding> findings
  ) {
    return Calibration.of(modelId)
      .map(fitted -> fitted.confidence(Evidence.of(classification, findings)))
      .orElseGet(() -> byRuleOfThumb(classification, findings));
  }

  private static double byRuleOfThumb(Classification classification, List<Finding> findings) {
    double confidence = classification.confidence();
    for (var finding : findings) {
      confidence *= isError(finding) ? AFTER_ERROR : AFTER_WARNING;
    }
    return confidence;
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Finding.Severity.ERROR;
  }

  public static Doc unread(
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
      new Payload(Optional.empty(), Map.of(), List.of(), "", unread.rejected()),
      page.image(),
      Optional.empty(),
      settings.model().id(),
      type
        .map(known -> settings.schemaOf(known).prompt().version())
        .orElse(settings.classifyPrompt().version()),
      0,
      Optional.of(unread.sentence()),
      true
    );
  }

  /**
   * What was read.
   *
   * @param fields of the doc type's schema; none where the page could not be read
   * @param printed by JSON pointer, how fields, rows of tables and values in them are printed, and where
   * @param text the page's text as the model saw it
   * @param rejected what the model gave that does not fit the schema, where that is why the page
   *     could not be read
   */
  public record Payload(
    Optional<JsonNode> fields,
    Map<String, PrintedValue> printed,
    List<Finding> findings,
    String text,
    Optional<UnreadPage.Rejected> rejected
  ) {}
}
