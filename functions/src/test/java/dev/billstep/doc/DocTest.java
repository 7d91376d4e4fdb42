package dev.billstep.doc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.doctype.DocType;
import dev.billstep.json.Json;
import dev.billstep.page.Omission;
import dev.billstep.page.PageRef;
import dev.billstep.reading.Classification;
import dev.billstep.reading.Finding;
import dev.billstep.reading.Finding.Severity;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.Reading;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocTest {

  private static final ModelCall CALL = new ModelCall(
    new UUID(0, 1),
    1,
    "read",
    List.of(1),
    "test/one",
    "1",
    "ok",
    Optional.empty(),
    0,
    0,
    BigDecimal.ZERO,
    1,
    Optional.empty()
  );

  @Test
  void aPageWithoutAFindingIsAsSureAsItsClassification() {
    assertThat(doc().confidence()).isEqualTo(0.8);
    assertThat(doc().needsReview()).isFalse();
  }

  @Test
  void aValueThatCanNotBeRightHalvesTheConfidenceAndAsksForAReview() {
    var doc = doc(Severity.ERROR);
    assertThat(doc.confidence()).isEqualTo(0.4);
    assertThat(doc.needsReview()).isTrue();
  }

  @Test
  void whatIsMissingOrUnusualMakesAPageALittleLessSureAndAsksForAReview() {
    var doc = doc(Severity.WARNING, Severity.WARNING);
    assertThat(doc.confidence()).isBetween(0.7, 0.79);
    assertThat(doc.needsReview()).isTrue();
  }

  @Test
  void whereACalibrationWasFittedToAModelItSaysHowConfidentARowIs() {
    var finding = new Finding("total.unproved", "/grand_total", "message", Severity.WARNING);
    var plain = doc("offline/ppocr-v6", Set.of(), List.of());
    var doubted = doc("offline/ppocr-v6", Set.of(), List.of(finding));
    assertThat(plain.confidence()).isBetween(0.5, 1.0).isNotEqualTo(0.8);
    assertThat(doubted.confidence()).isLessThan(plain.confidence());
  }

  @Test
  void aPageWhoseImageLacksSomethingSaysSoAndAsksForAReview() {
    var doc = doc(Set.of(Omission.IMAGE_FORMAT));
    assertThat(doc.ocrPayload().findings())
      .singleElement()
      .satisfies(finding -> {
        assertThat(finding.code()).isEqualTo("page.incomplete");
        assertThat(finding.message()).contains("format that can't be read here");
      });
    assertThat(doc.needsReview()).isTrue();
  }

  private static Doc doc(Severity... severities) {
    return doc(Set.of(), severities);
  }

  private static Doc doc(Set<Omission> omissions, Severity... severities) {
    var findings = Arrays.stream(severities)
      .map(severity -> new Finding("code", "/path", "message", severity))
      .toList();
    return doc("test/one", omissions, findings);
  }

  private static Doc doc(String modelId, Set<Omission> omissions, List<Finding> findings) {
    return Doc.of(
      new PageRef(1, "hash", URI.create("file:///page-1.png"), Optional.empty(), omissions),
      new Classification(DocType.BILL, 0.8, modelId, "1", Optional.of(CALL)),
      new Reading(
        DocType.BILL,
        Json.mapper().createObjectNode(),
        new TreeMap<>(),
        "",
        List.of(),
        false,
        modelId,
        "1",
        1,
        List.of(CALL)
      ),
      findings
    );
  }
}
