package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

  @TempDir
  Path root;

  @Test
  void whatAKilledProcessHasLeftIsClearedByTheNext() throws IOException {
    // Of this process's number, but started at another time: in Lambda it is always the same.
    var left = root.resolve("billstep-split-%d-1-7".formatted(ProcessHandle.current().pid()));
    Files.createDirectories(left);
    Files.writeString(left.resolve("upload"), "a bill");
    try (var folder = WorkFolder.open(root)) {
      assertThat(left).doesNotExist();
      assertThat(folder.path()).isDirectory();
    }
  }

  @Test
  void whatAnotherThreadIsAtWorkOnStays() {
    try (var first = WorkFolder.open(root); var second = WorkFolder.open(root)) {
      assertThat(first.path()).isDirectory();
      assertThat(second.path()).isDirectory();
    }
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void whatIsInItGoesWithIt() throws IOException {
    try (var folder = WorkFolder.open(root)) {
      Files.writeString(folder.path().resolve("upload"), "a bill");
    }
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    var other = Files.createDirectory(root.resolve("somebody-elses"));
    WorkFolder.open(root).close();
    assertThat(other).isDirectory();
  }
}
