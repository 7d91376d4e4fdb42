package dev.billstep.embedded;

import com.fasterxml.jackson.core.JacksonException;
import dev.billstep.json.Json;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import dev.billstep.stack.StackOutputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stack that is kept running, as its process has written it down.
 *
 * @param pid of the process that holds it
 * @param aws the engine's endpoint, for {@code AWS_ENDPOINT_URL}
 * @param pagesRoot where pages are kept, unless they are in the page bucket
 * @param pipelineStack the stack with the functions, as it is called in the engine
 * @param folder of its logs
 * @param data the folder with all that it keeps; empty where it keeps nothing
 * @param inbox the folder whose files it uploads
 * @param metrics where they are scraped
 * @param review where its jobs are looked at, from this machine first
 */
public record StackDescriptor(
  long pid,
  Engine engine,
  URI aws,
  URI supabase,
  StackOutputs outputs,
  URI pagesRoot,
  String pipelineStack,
  Path folder,
  Optional<Path> data,
  Optional<Path> inbox,
  URI metrics,
  List<URI> review
) {
  private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString(
    "rw-------"
  );

  /**
   * The one that is running; what a dead process has left is taken away.
   *
   * @throws StackFailure where another version of this program has started it
   */
  public static Optional<StackDescriptor> find(Project project) {
    var file = file(project);
    var holder = holder(project);
    try {
      if (holder.isEmpty()) {
        Files.deleteIfExists(file);
        return Optional.empty();
      }
      return Optional.of(Json.mapper().readValue(file.toFile(), StackDescriptor.class));
    } catch (JacksonException e) {
      throw new StackFailure(
        "The running stack (process %d) was started by another version of Billstep. Stop it with: billstep down".formatted(
          holder.orElseThrow().pid()
        ),
        e
      );
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that keeps a stack running, whichever version of this program has started it. */
  public static Optional<ProcessHandle> holder(Project project) {
    try {
      var stack = Json.mapper().readTree(Files.readAllBytes(file(project)));
      return ProcessHandle.of(stack.path("pid").asLong())
        .filter(ProcessHandle::isAlive)
        .filter(StackDescriptor::isJava);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After the machine was started anew, the number may be that of any process. */
  private static boolean isJava(ProcessHandle process) {
    return process
      .info()
      .command()
      .map(command -> command.endsWith("java"))
      .orElse(false);
  }

  public void writeDown(Project project) {
    var file = file(project);
    try {
      var part = file.resolveSibling("up.json.part");
      Files.deleteIfExists(part);
      // The review page's address may have a token in it: for whoever has started the stack alone.
      Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      Files.write(part, Json.bytes(this));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens it for work with its jobs. */
  public DeployedStack open() {
    return new MachineStack(this);
  }

  /** How its processes are, in the order in which they were started. */
  public List<PartHealth> parts() {
    return PartHealth.of(folder);
  }

  private static Path file(Project project) {
    return project.stateFolder().resolve("up.json");
  }
}
