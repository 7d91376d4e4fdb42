package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of an operator: a stack that is kept running, and the commands that work with its jobs. */
class OperatorCommandsIT {

  @TempDir
  static Path folder;

  @BeforeAll
  static void startAStack() throws Exception {
    assertThat(run("jobs").err()).contains("No stack is running. Start one with: billstep up");
    assertThat(run("up").exitCode()).isZero();
  }

  @AfterAll
  static void stopIt() throws Exception {
    run("down");
  }

  @Test
  void aJobIsUploadedWatchedLookedAtReplayedAndReported() throws Exception {
    var file = Samples.file("consignment-digital").toString();
    var id = ok("upload", file).substring(0, 36);
    ok("watch", id);
    assertThat(ok("jobs", "--status", "processed")).contains(id, "consignment-digital.pdf");
    assertThat(ok("job", id.substring(0, 12))).contains(
      "2 pages, 2 classified, 2 read",
      "VAC/25-26/66511",
      "classify"
    );

    ok("replay", id, "--pages", "2", "--ignore-cache");
    ok("watch", id);
    var job = json(ok("job", id, "--json"));
    assertThat(job.at("/job/attempt").asInt()).isEqualTo(2);
    assertThat(job.at("/docs")).hasSize(2);

    var report = folder.resolve("report.html");
    ok("report", id, "--out", report.toString());
    assertThat(Files.readString(report)).contains(
      "VAC/25-26/66511",
      "data:image/png;base64,",
      "\"box\":{\"x\":"
    );
    assertThat(ok("status")).contains("EMBEDDED", "processed=");
  }

  @Test
  void aJobThatFailedIsTriedAgain() throws Exception {
    var letter = Files.writeString(folder.resolve("letter.pdf"), "Dear Sir or Madam,");
    var id = ok("upload", letter.toString()).substring(0, 36);
    assertThat(run("watch", id).exitCode()).as("a job that ended as error").isEqualTo(1);
    assertThat(ok("job", id)).contains("is not a PDF, JPEG, PNG or TIFF");
    assertThat(ok("retry", id)).contains(":execution:");
    assertThat(run("watch", id).exitCode()).isEqualTo(1);
    assertThat(refused("cancel", id)).contains("has no run to stop: it is error");
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    assertThat(refused("job", "zzz")).contains("There is no job \"zzz\"", "billstep jobs");
    var file = Samples.file("consignment-digital").toString();
    var id = ok("upload", file).substring(0, 36);
    ok("watch", id);
    assertThat(refused("retry", id)).contains("was processed", "billstep replay");
    assertThat(run("upload", "no-such.pdf").exitCode()).isEqualTo(2);
  }

  private static String ok(String... arguments) throws Exception {
    var run = run(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static String refused(String... arguments) throws Exception {
    var run = run(arguments);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).doesNotContain("\tat ");
    return run.err();
  }

  private static CommandRun run(String... arguments) throws Exception {
    var run = CommandRun.start(folder, Map.of(), arguments);
    run.exitCode();
    return run;
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
