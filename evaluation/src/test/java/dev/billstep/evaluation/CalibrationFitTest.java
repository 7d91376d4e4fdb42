package dev.billstep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.billstep.doc.Calibration;
import dev.billstep.doc.Evidence;
import dev.billstep.doctype.DocType;
import dev.billstep.evaluation.CalibrationFit.Known;
import dev.billstep.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {

  private final List<Known> pages = new ArrayList<>();

  @Test
  void confidenceIsHowOftenPagesOfLikeEvidenceAreRight() {
    add(400, 380, 0.9);
    add(100, 60, 0.9, "total.unproved");
    add(100, 10, 0.9, "total.unproved", "field.missing");
    var fitted = CalibrationFit.to(pages);
    assertThat(confidence(fitted, 0.9)).isCloseTo(0.95, within(0.02));
    assertThat(confidence(fitted, 0.9, "total.unproved")).isCloseTo(0.6, within(0.05));
    assertThat(confidence(fitted, 0.9, "total.unproved", "field.missing")).isCloseTo(
      0.1,
      within(0.05)
    );
  }

  @Test
  void aFindingNeverSpeaksForAPage() {
    add(50, 25, 0.9);
    add(50, 50, 0.9, "date.ambiguous");
    var fitted = CalibrationFit.to(pages);
    assertThat(confidence(fitted, 0.9, "date.ambiguous")).isLessThanOrEqualTo(
      confidence(fitted, 0.9)
    );
    assertThat(confidence(fitted, 0.9, "never.met")).isLessThanOrEqualTo(confidence(fitted, 0.9));
    assertThat(fitted.findings().values()).allSatisfy(weight -> assertThat(weight).isNotPositive());
  }

  @Test
  void moreCertaintyNeverLowersAConfidence() {
    add(50, 50, 0.6);
    add(50, 10, 0.95);
    var fitted = CalibrationFit.to(pages);
    assertThat(confidence(fitted, 0.95)).isGreaterThanOrEqualTo(confidence(fitted, 0.6));
  }

  @Test
  void aFindingThatWasNeverMetLowersAConfidenceALittle() {
    add(200, 190, 0.9);
    assertThat(confidence(CalibrationFit.to(pages), 0.9, "never.met")).isBetween(0.8, 0.94);
  }

  @Test
  void ofFindingsThatComeTogetherTheOneThatComesWithWrongPagesAloneSaysIt() {
    add(200, 190, 0.9);
    add(100, 2, 0.9, "field.missing", "lines.unproved");
    add(40, 36, 0.9, "lines.unproved");
    var fitted = CalibrationFit.to(pages);
    assertThat(confidence(fitted, 0.9, "lines.unproved")).isCloseTo(0.9, within(0.05));
    assertThat(confidence(fitted, 0.9, "field.missing")).isLessThan(0.2);
  }

  @Test
  void theOrderOfThePagesMakesNoDifference() {
    add(40, 35, 0.9);
    add(20, 8, 0.8, "one");
    var fitted = CalibrationFit.to(pages);
    Collections.shuffle(pages, new Random(1));
    assertThat(CalibrationFit.to(pages)).isEqualTo(fitted);
  }

  @Test
  void whatWasFittedIsTheSameOutOfAFile() {
    add(40, 35, 0.9);
    add(20, 8, 0.8, "one");
    var fitted = CalibrationFit.to(pages);
    assertThat(Json.read(Json.bytes(fitted), Calibration.class)).isEqualTo(fitted);
  }

  private void add(int count, int right, double certainty, String... findings) {
    for (int page = 0; page < count; page++) {
      pages.add(new Known("A", evidence(certainty, findings), page < right));
    }
  }

  private static double confidence(Calibration fitted, double certainty, String... findings) {
    return fitted.confidence(evidence(certainty, findings));
  }

  private static Evidence evidence(double certainty, String... findings) {
    return new Evidence(DocType.BILL, certainty, Set.of(findings));
  }
}
