package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.Project;
import dev.billstep.it.OnEmbeddedStack;
import dev.billstep.it.Samples;
import dev.billstep.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * No process, port or folder is left, whatever way a stack ends. Looked at is what these tests have
 * started, and what is below this build's own folders: other stacks may run beside it.
 */
@Isolated // Stacks of other classes would be taken for what is left.
class NothingIsLeftIT {

  private static final Path STATE = Project.ofSystemProperty().stateFolder();

  private static final int USUAL_PORT = 4566;

  /** PostgreSQL's data, the functions' temporary files, LocalStack's objects. */
  private static final String OURS = "(epg|billstep-|localstack).*";

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource
  void afterAnInterrupt(Engine engine) throws Exception {
    assumeItCanBeStarted(engine);
    var before = Before.now();
    var run = CommandRun.start(
      folder,
      Map.of(),
      "run",
      "--stack",
      engine.name(),
      Samples.file("mixed-scanned").toString()
    );
    run.awaitLine("processing: 6 pages");
    var started = run.process().descendants().toList();
    assertThat(started).as("the engine at least").hasSizeGreaterThan(1);
    run.process().destroy(); // SIGTERM; a terminal's SIGINT runs the same hooks.
    assertThat(run.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertEnded(started);
    assertThat(leftSince(before)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void afterUpAndDown(Engine engine) throws Exception {
    assumeItCanBeStarted(engine);
    var before = Before.now();
    CommandRun up;
    try (var _ = usualPortTaken()) {
      up = CommandRun.start(folder, data(), "up", "--stack", engine.name());
      assertThat(up.exitCode()).as(up.err()).isZero();
    }
    var holder = ProcessHandle.of(pidOfTheStack()).orElseThrow();
    try {
      var started = Stream.concat(Stream.of(holder), holder.descendants()).toList();
      assertThat(started).as("the engine at least").hasSizeGreaterThan(1);
      var endpoint = endpoint(up.out());
      assertThat(isFree(endpoint.getPort())).isFalse();

      var again = CommandRun.start(folder, data(), "up");
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("The stack is running already.", endpoint.toString());

      var down = CommandRun.start(folder, Map.of(), "down");
      assertThat(down.exitCode()).isZero();
      assertEnded(started);
      assertThat(isFree(endpoint.getPort())).isTrue();
      assertThat(leftSince(before)).isEmpty();
    } finally {
      holder.destroy(); // Where down was not reached.
    }
  }

  @Test
  void afterATestThatFails() throws Exception {
    var before = Before.now();
    FailsOnItsStack.before = ProcessHandle.current().descendants().collect(Collectors.toSet());
    EngineTestKit.engine("junit-jupiter")
      .selectors(selectClass(FailsOnItsStack.class))
      .execute()
      .testEvents()
      .assertStatistics(statistics -> statistics.failed(1));
    assertThat(FailsOnItsStack.started).as("its stack was started").isNotEmpty();
    assertEnded(FailsOnItsStack.started);
    assertThat(leftSince(before)).isEmpty();
  }

  /** Run by the test above alone. */
  @Tag("run-by-a-test")
  @ExtendWith(OnEmbeddedStack.class)
  static class FailsOnItsStack {

    static Set<ProcessHandle> before = Set.of();
    static List<ProcessHandle> started = List.of();

    private final EmbeddedStack stack;

    FailsOnItsStack(EmbeddedStack stack) {
      this.stack = stack;
    }

    @Test
    void fails() {
      started = ProcessHandle.current()
        .descendants()
        .filter(process -> !before.contains(process))
        .toList();
      throw new AssertionError("as intended, on " + stack.awsEndpoint());
    }
  }

  private Map<String, String> data() {
    return Map.of("BILLSTEP_DATA", folder.resolve("data").toString());
  }

  private static void assumeItCanBeStarted(Engine engine) {
    var missing = engine.whatIsMissing();
    Assumptions.assumeTrue(missing.isEmpty(), missing::orElseThrow);
  }

  /** As the stack's process has written it down. */
  private static long pidOfTheStack() throws IOException {
    var json = Files.readAllBytes(STATE.resolve("up.json"));
    return Json.read(json, JsonNode.class).path("pid").asLong();
  }

  private static URI endpoint(String shown) {
    return shown
      .lines()
      .filter(line -> line.startsWith("AWS "))
      .map(line -> URI.create(line.substring("AWS ".length()).strip()))
      .findFirst()
      .orElseThrow();
  }

  private static void assertEnded(Collection<ProcessHandle> processes) throws Exception {
    for (var process : processes) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  /** So that the stack takes one that no other stack asks for. */
  private static AutoCloseable usualPortTaken() {
    try {
      return new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress());
    } catch (IOException takenAlready) {
      return () -> {};
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** But for those of runs that were there before: other tests share a stack that lives on meanwhile. */
  private static Set<Path> leftSince(Before before) throws IOException {
    return folders()
      .stream()
      .filter(folder -> !before.folders().contains(folder))
      .filter(folder -> !before.runs().contains(folder.getParent()))
      .collect(Collectors.toSet());
  }

  /**
   * What is there without the test.
   *
   * @param runs with nothing in them, too
   */
  private record Before(Set<Path> folders, Set<Path> runs) {
    static Before now() throws IOException {
      try (var runs = Files.list(Files.createDirectories(STATE.resolve("runs")))) {
        return new Before(NothingIsLeftIT.folders(), runs.collect(Collectors.toSet()));
      }
    }
  }

  /** Folders that outlive a run, beside its logs: in the project's state, and temporary ones here. */
  private static Set<Path> folders() throws IOException {
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    var runs = Files.createDirectories(STATE.resolve("runs"));
    try (var state = Files.walk(runs, 2); var others = Files.list(temporary)) {
      return Stream.concat(
        state.filter(folder -> runs.relativize(folder).getNameCount() == 2),
        others.filter(folder -> folder.getFileName().toString().matches(OURS))
      )
        .filter(Files::isDirectory)
        .collect(Collectors.toSet());
    }
  }
}
