package dev.billstep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.LocalOcrModels;
import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import dev.billstep.offline.PpOcrWitness;
import dev.billstep.offline.RememberedOcr;
import dev.billstep.page.PageImage;
import dev.billstep.page.SeenWord;
import dev.billstep.page.SplitPage;
import dev.billstep.reading.Witness;
import dev.billstep.samples.SampleMaker;
import dev.billstep.samples.SampleMaker.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** As {@link GroundingTest}, of pages whose words OCR sees. */
class GroundingIT {

  private static final int DOCUMENTS = 25;
  private static final int PLANTED = 200;

  private static Witness witness = new PpOcrWitness();

  @BeforeAll
  static void open(@TempDir Path folder) {
    var project = Project.ofSystemProperty();
    witness = new PpOcrWitness(
      new RememberedOcr(folder, LocalOcrModels.classPath(project, Progress.silent()))
    );
  }

  @Test
  void ofScansNinetyNineOfAHundredMadeUpValuesAreFoundAndOneInAHundredTrueOnesDoubted(
    @TempDir Path folder
  ) throws IOException {
    new SampleMaker(Condition.CLEAN, 13).make(DOCUMENTS, folder);
    var trial = GroundingTrial.of(pages(folder));
    assertThat(trial.values()).isGreaterThan(200);
    assertThat(trial.unjudged()).isZero();
    assertThat((double) trial.doubted() / trial.values())
      .as(trial.misses())
      .isLessThan(0.01);
    assertThat(trial.found(PLANTED, 14)).isGreaterThanOrEqualTo((PLANTED * 99) / 100);
  }

  /** A folder of labelled documents of one's own, whose figures are printed. */
  @Test
  @EnabledIfEnvironmentVariable(named = "LABELLED_DOCUMENTS", matches = ".+")
  void ofDocumentsOfOnesOwn() throws IOException {
    var trial = GroundingTrial.of(pages(Path.of(System.getenv("LABELLED_DOCUMENTS"))));
    System.out.printf(
      "%d pages, %d of them not judged; %d values, %d doubted; of %d made up %d found%n%s%n",
      trial.pages().size(),
      trial.unjudged(),
      trial.values(),
      trial.doubted(),
      PLANTED,
      trial.found(PLANTED, 15),
      trial.misses()
    );
  }

  private static List<GroundedPage> pages(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
        .filter(file -> file.toString().endsWith(".expected.json"))
        .sorted()
        .flatMap(expected ->
          GroundedPage.of(document(expected), expected, GroundingIT::words).stream()
        )
        .toList();
    }
  }

  private static Path document(Path expected) {
    var name = expected.getFileName().toString().replace(".expected.json", "");
    return Stream.of(".pdf", ".png", ".jpg")
      .map(ending -> expected.resolveSibling(name + ending))
      .filter(Files::exists)
      .findFirst()
      .orElseThrow();
  }

  private static List<SeenWord> words(SplitPage.Drawn page) {
    return page.words().isEmpty()
      ? witness.words(PageImage.of(page.number(), page.png()))
      : page.words().stream().map(SeenWord::of).toList();
  }
}
