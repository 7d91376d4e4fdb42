package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import dev.billstep.evaluation.DirectReading.Wear;
import dev.billstep.evaluation.Evaluation;
import dev.billstep.it.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample packs, by the count of {@code billstep eval samples --direct}. */
class SamplePacksIT {

  private static final List<String> PACKS = List.of(
    "consignment-digital",
    "consignment-scanned",
    "mixed-scanned"
  );

  /** Where nothing is kept that OCR has seen before. */
  @TempDir
  Path kept;

  @Test
  void theThreePacksAreReadEntirelyRightAndNoPageIsFlagged() {
    var project = Project.ofSystemProperty();
    var reader = new DirectEvaluation(project, kept, Progress.silent(), Wear.NONE);
    var evaluation = new Evaluation();
    PACKS.forEach(pack ->
      evaluation.addRead(pack, Samples.expected(pack), reader.read(Samples.file(pack)))
    );
    var result = evaluation.result();
    assertThat(result.misses()).isEmpty();
    assertThat(result.entirelyRight()).isEqualTo(PACKS.size());
    assertThat(result.pages()).noneMatch(page -> page.isFlagged());
  }
}
