package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.Project;
import dev.billstep.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, as a process of its own: what it prints, how it exits, what it leaves behind. */
class RunCommandIT {

  private static final Project PROJECT = Project.ofSystemProperty();

  @TempDir
  Path folder;

  private Path out = Path.of("");
  private Path err = Path.of("");

  @BeforeEach
  void keepItsOutput() {
    out = folder.resolve("out");
    err = folder.resolve("err");
  }

  @Test
  void aDigitalPackEndsAsATableOfItsPages() throws Exception {
    assertThat(run("run", Samples.file("consignment-digital").toString())).isZero();
    assertThat(Files.readString(out)).contains(
      "consignment-digital.pdf",
      "processed",
      "VAC/25-26/66511, 2025-04-25, 29GBCTN1145H1ZE, 12832",
      "536306578165, 2025-04-25T10:42, KA15BR2182, 12832",
      "page-2.png",
      "docs.json"
    );
    assertThat(Files.readString(err)).contains("start PostgreSQL", "2 pages, 2 classified, 2 read");
  }

  @Test
  void jsonGivesTheRowsAndNothingElse() throws Exception {
    assertThat(run("run", "--json", Samples.file("consignment-digital").toString())).isZero();
    var results = Json.read(Files.readAllBytes(out), JsonNode.class);
    assertThat(results).hasSize(1);
    assertThat(results.at("/0/state/status").asText()).isEqualTo("processed");
    assertThat(results.at("/0/docs")).hasSize(2);
    assertThat(results.at("/0/docs/1/ocr_payload/fields/eway_bill_number").asText()).isEqualTo(
      "536306578165"
    );
  }

  @Test
  void aTextFileThatIsNamedPdfExitsWithItsSentence() throws Exception {
    var letter = Files.writeString(folder.resolve("letter.pdf"), "Dear Sir or Madam,");
    assertThat(run("run", letter.toString())).isEqualTo(1);
    assertThat(Files.readString(out)).contains(
      "error",
      "The file \"letter.pdf\" is not a PDF, JPEG, PNG or TIFF"
    );
  }

  @Test
  void aFileThatDoesNotExistIsNamedBeforeAnythingIsStarted() throws Exception {
    assertThat(run("run", "no-such.pdf")).isEqualTo(2);
    assertThat(Files.readString(err))
      .contains("There is no readable file no-such.pdf")
      .doesNotContain("PostgreSQL");
  }

  @Test
  void anInterruptStopsEverythingThatWasStarted() throws Exception {
    var command = start("run", Samples.file("mixed-scanned").toString());
    awaitLine("processing: 6 pages");
    var started = command.descendants().toList();
    assertThat(started).as("PostgreSQL, the functions, the emulator").hasSizeGreaterThan(3);
    command.destroy(); // SIGTERM; a terminal's SIGINT runs the same hooks.
    assertThat(command.waitFor(20, TimeUnit.SECONDS)).isTrue();
    for (var process : started) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(started).noneMatch(ProcessHandle::isAlive);
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).waitFor();
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(
      List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dbillstep.home=" + PROJECT.home(),
        "-classpath",
        System.getProperty("java.class.path"),
        "dev.billstep.command.BillstepCommand"
      )
    );
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
      .redirectOutput(out.toFile())
      .redirectError(err.toFile())
      .start();
  }

  private void awaitLine(String text) throws IOException, InterruptedException {
    for (int tries = 0; tries < 300; tries++) {
      try (Stream<String> lines = Files.lines(err, StandardCharsets.UTF_8)) {
        if (lines.anyMatch(line -> line.contains(text))) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("never said: " + text + "\n" + Files.readString(err));
  }
}
