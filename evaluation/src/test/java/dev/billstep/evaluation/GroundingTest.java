package dev.billstep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.page.SeenWord;
import dev.billstep.samples.SampleMaker;
import dev.billstep.samples.SampleMaker.Condition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's made-up values are found in the words of the page, and its true ones are let be. */
class GroundingTest {

  private static final int DOCUMENTS = 60;
  private static final int PLANTED = 200;

  @Test
  void ofDigitalPagesNinetyNineOfAHundredMadeUpValuesAreFoundAndOneInAHundredTrueOnesDoubted(
    @TempDir Path folder
  ) throws IOException {
    new SampleMaker(Condition.DIGITAL, 11).make(DOCUMENTS, folder);
    var pages = IntStream.rangeClosed(1, DOCUMENTS)
      .mapToObj("%04d"::formatted)
      .flatMap(name ->
        GroundedPage.of(
          folder.resolve(name + ".pdf"),
          folder.resolve(name + ".expected.json"),
          page -> page.words().stream().map(SeenWord::of).toList()
        ).stream()
      )
      .toList();
    var trial = GroundingTrial.of(pages);
    assertThat(trial.values()).isGreaterThan(500);
    assertThat(trial.unjudged()).isZero();
    assertThat((double) trial.doubted() / trial.values())
      .as(trial.misses())
      .isLessThan(0.01);
    assertThat(trial.found(PLANTED, 12)).isGreaterThanOrEqualTo((PLANTED * 99) / 100);
  }
}
