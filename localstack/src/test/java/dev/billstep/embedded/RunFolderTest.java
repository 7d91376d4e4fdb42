package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  private static final int MANY = 12;

  /** Above what the kernel gives (Linux: {@code pid_max} is at most 4,194,304). */
  private static final String NOBODY = "4194305";

  @TempDir
  Path home;

  @Test
  void theFolderOfAStackThatRunsIsKeptHoweverManyCameAfterIt() {
    var project = new Project(home);
    var first = RunFolder.create(project);
    for (int run = 0; run < MANY; run++) {
      RunFolder.create(project);
    }
    assertThat(first).isDirectory();
  }

  @Test
  void ofTheStacksThatHaveEndedTheLastFewAreKept() throws IOException {
    var project = new Project(home);
    for (int run = 0; run < MANY; run++) {
      Files.writeString(RunFolder.create(project).resolve("holder.pid"), NOBODY);
    }
    try (var runs = Files.list(project.stateFolder().resolve("runs"))) {
      assertThat(runs).hasSize(11);
    }
  }
}
