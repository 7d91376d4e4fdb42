package dev.billstep.command;

import com.fasterxml.jackson.core.JacksonException;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.Project;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A stack that is kept running, as its process has written it down.
 *
 * @param pid of the process that holds it
 * @param aws the engine's endpoint, for {@code AWS_ENDPOINT_URL}
 */
record RunningStack(
  long pid,
  Engine engine,
  URI aws,
  URI supabase,
  String uploadBucket,
  String stateMachine
) {
  static RunningStack of(EmbeddedStack stack, Engine engine) {
    return new RunningStack(
      ProcessHandle.current().pid(),
      engine,
      stack.awsEndpoint(),
      stack.database().url(),
      stack.uploadBucket(),
      stack.stateMachineArn()
    );
  }

  /** The one that is running; what a dead process has left is taken away. */
  static Optional<RunningStack> find(Project project) {
    var file = file(project);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var stack = Json.mapper().readValue(file.toFile(), RunningStack.class);
      if (stack.process().isPresent()) {
        return Optional.of(stack);
      }
      Files.deleteIfExists(file);
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty(); // It is being written.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  void writeDown(Project project) {
    var file = file(project);
    try {
      var part = Files.write(file.resolveSibling("up.json.part"), Json.bytes(this));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Project project) {
    return project.stateFolder().resolve("up.json");
  }
}
