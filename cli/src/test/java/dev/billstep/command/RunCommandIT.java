package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.it.ModelServer;
import dev.billstep.it.Samples;
import dev.billstep.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code billstep run}: what it prints, and how it exits. */
class RunCommandIT {

  @TempDir
  Path folder;

  @Test
  void aDigitalPackEndsAsATableOfItsPages() throws Exception {
    var file = Samples.file("consignment-digital").toString();
    var run = CommandRun.start(folder, Map.of(), "run", file);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(
      "consignment-digital.pdf",
      "processed",
      "VAC/25-26/66511, 2025-04-25, 29GBCTN1145H1ZE, 12832",
      "536306578165, 2025-04-25T10:42, KA15BR2182, 12832",
      "/pages/",
      "docs.json"
    );
    assertThat(run.err()).contains("start PostgreSQL", "2 pages, 2 classified, 2 read");
  }

  @Test
  void jsonGivesTheRowsAndNothingElse() throws Exception {
    var run = CommandResult.of("run", "--json", Samples.file("consignment-digital").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    var results = Json.read(run.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
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
    var run = CommandResult.of("run", letter.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains(
      "error",
      "The file \"letter.pdf\" is no document or picture that can be read"
    );
  }

  @Test
  void aFileThatDoesNotExistIsNamedBeforeAnythingIsStarted() throws Exception {
    var run = CommandResult.of("run", "no-such.pdf");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
      .contains("There is no readable file no-such.pdf")
      .doesNotContain("PostgreSQL");
  }

  @Test
  void aModelOfAProviderReadsWithItsKeyFromTheEnvironment() throws Exception {
    try (var model = ModelServer.start()) {
      model.behave(call ->
        call.isClassification() ? call.labels("unknown") : call.fields(Map.of("text", "from afar"))
      );
      var run = CommandRun.start(
        folder,
        Map.of("OPENAI_API_KEY", "of-this-test"),
        "run",
        "--json",
        "--model",
        "openai/m-1",
        "--base-url",
        model.baseUrl().toString(),
        Samples.file("consignment-digital").toString()
      );
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("from afar", "openai/m-1").doesNotContain("of-this-test");
      assertThat(model.calls())
        .hasSize(3)
        .allMatch(call -> call.authorization().equals("Bearer of-this-test"));
    }
  }

  @Test
  void aModelThatIsNoneIsNamedBeforeAnythingIsStarted() throws Exception {
    var run = CommandResult.of(
      "run",
      "--model",
      "gpt",
      Samples.file("consignment-digital").toString()
    );
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("\"gpt\" is not of the form PROVIDER/MODEL");
  }

  @Test
  void whereNoLocalstackAnswersTheVariableIsNamed() throws Exception {
    var nobody = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    var file = Samples.file("consignment-digital").toString();
    var run = CommandRun.start(folder, nobody, "run", "--stack", "LOCALSTACK", file);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(
      "LocalStack does not answer at http://127.0.0.1:9, where AWS_ENDPOINT_URL points."
    );
  }
}
