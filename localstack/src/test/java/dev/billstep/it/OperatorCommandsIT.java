package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
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

    assertThat(
      json(ok("page", id, "2"))
        .path("doc_type")
        .asText()
    ).isEqualTo("eway_bill");
    var image = folder.resolve("page-2.png");
    ok("page", id, "2", "--image", image.toString());
    assertThat(ImageIO.read(image.toFile()).getWidth()).isGreaterThan(1_000);
    assertThat(
      ok("logs", id, "--page", "2")
        .lines()
        .map(line -> line.split(" +", -1)[2])
    )
      .as("what happened to page 2")
      .containsExactly("STEP", "classify", "read");

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
  void whatIsScrapedIsWhatTheRowsSay() throws Exception {
    var letter = Files.writeString(folder.resolve("note.pdf"), "Dear Sir or Madam,");
    var failed = ok("upload", letter.toString()).substring(0, 36);
    run("watch", failed);
    var read = ok("upload", Samples.file("consignment-digital").toString()).substring(0, 36);
    ok("watch", read);

    var metrics = metrics();
    var rows = json(ok("jobs", "--json"));
    long errors = rows
      .valueStream()
      .filter(row -> row.path("error").asText().equals("UploadRejected.NotADocument"))
      .count();
    assertThat(metrics).contains(
      "billstep_job_failures_total{error=\"UploadRejected.NotADocument\"} %d.0".formatted(errors),
      "# TYPE billstep_model_call_duration_seconds histogram"
    );
    long processed = rows
      .valueStream()
      .filter(row -> row.path("status").asText().equals("processed"))
      .count();
    assertThat(metrics).contains(
      "billstep_jobs{status=\"processed\"} %d.0".formatted(processed),
      "billstep_pages_processed_total{doc_type=\"bill\",outcome=\"read\"} %d.0".formatted(processed)
    );
  }

  private static String metrics() throws Exception {
    var uri = ok("status")
      .lines()
      .filter(line -> line.startsWith("metrics "))
      .map(line -> URI.create(line.substring(line.indexOf("http"))))
      .findFirst()
      .orElseThrow();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  @Test
  void aSettingIsChangedAndWhatItSaidBeforeIsKept() throws Exception {
    assertThat(ok("settings", "get", "classify.batch_size").strip()).isEqualTo("4");
    ok("settings", "set", "classify.batch_size", "2");
    assertThat(ok("settings", "get")).contains("classify.batch_size  2");
    assertThat(ok("settings", "history", "classify.batch_size")).contains("  4");
    assertThat(refused("settings", "set", "nothing", "1")).contains("There is no setting");
    assertThat(run("settings", "set", "model", "{").exitCode()).isEqualTo(2);
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    assertThat(refused("job", "zzz")).contains("There is no job \"zzz\"", "billstep jobs");
    var file = Samples.file("consignment-digital").toString();
    var id = ok("upload", file).substring(0, 36);
    ok("watch", id);
    assertThat(refused("retry", id)).contains("was processed", "billstep replay");
    assertThat(refused("page", id, "7")).contains("has no page 7: it has 2");
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
