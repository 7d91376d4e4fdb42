package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDescriptorTest {

  @TempDir
  private Path home;

  private Project project = Project.ofSystemProperty();
  private Path file = Path.of("up.json");

  @BeforeEach
  void aProjectOfItsOwn() throws IOException {
    project = new Project(home);
    file = Files.createDirectories(project.stateFolder()).resolve("up.json");
  }

  @Test
  void aStackThatAnotherVersionHasStartedIsNotForgottenAndCanBeStopped() throws IOException {
    long pid = ProcessHandle.current().pid();
    Files.writeString(file, "{\"pid\": %d, \"engine\": \"EMBEDDED\"}".formatted(pid));
    assertThatThrownBy(() -> StackDescriptor.find(project))
      .isInstanceOf(StackFailure.class)
      .hasMessageContaining("another version")
      .hasMessageContaining("billstep down");
    assertThat(StackDescriptor.holder(project)).map(ProcessHandle::pid).hasValue(pid);
    assertThat(file).exists();
  }

  @Test
  void whatADeadProcessHasLeftIsTakenAway() throws IOException {
    Files.writeString(file, "{\"pid\": 999999999}");
    assertThat(StackDescriptor.find(project)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherProgramThatHasTheNumberByNowIsNotTakenForIt() throws Exception {
    var sleep = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(file, "{\"pid\": %d}".formatted(sleep.pid()));
      assertThat(StackDescriptor.holder(project)).isEmpty();
    } finally {
      sleep.destroy();
    }
  }

  @Test
  void noStackIsRunningWhereNoneWasStarted() {
    assertThat(StackDescriptor.find(project)).isEmpty();
    assertThat(StackDescriptor.holder(project)).isEmpty();
  }
}
