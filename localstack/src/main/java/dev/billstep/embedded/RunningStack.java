package dev.billstep.embedded;

import com.fasterxml.jackson.core.JacksonException;
import dev.billstep.json.Json;
import dev.billstep.stack.StackAccess;
import dev.billstep.stack.StackOutputs;
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
 * @param pagesRoot where pages are kept, unless they are in the page bucket
 * @param pipelineStack the stack with the functions, as it is called in the engine
 * @param folder of its logs
 * @param metrics where they are scraped
 * @param review where its jobs are looked at
 */
public record RunningStack(
  long pid,
  Engine engine,
  URI aws,
  URI supabase,
  StackOutputs outputs,
  URI pagesRoot,
  String pipelineStack,
  Path folder,
  URI metrics,
  URI review
) {
  /** The one that is running; what a dead process has left is taken away. */
  public static Optional<RunningStack> find(Project project) {
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

  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  public void writeDown(Project project) {
    var file = file(project);
    try {
      var part = Files.write(file.resolveSibling("up.json.part"), Json.bytes(this));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens it for work with its jobs. */
  public StackAccess open() {
    return new OpenedStack(this);
  }

  private static Path file(Project project) {
    return project.stateFolder().resolve("up.json");
  }
}
