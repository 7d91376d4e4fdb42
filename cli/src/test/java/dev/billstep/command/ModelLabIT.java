package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.chat.Api;
import dev.billstep.chat.RecordedAnswers;
import dev.billstep.embedded.Project;
import dev.billstep.it.Samples;
import dev.billstep.json.Json;
import dev.billstep.page.DocumentSplitter;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.SplitPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code billstep eval --model}: over HTTP, with what models of five providers answer. */
class ModelLabIT {

  private static final Map<String, String> KEYS = Map.of(
    "OPENAI_API_KEY",
    "o",
    "ANTHROPIC_API_KEY",
    "a",
    "GOOGLE_API_KEY",
    "g",
    "AWS_ACCESS_KEY_ID",
    "b",
    "AWS_SECRET_ACCESS_KEY",
    "b",
    "AWS_REGION",
    "ap-south-1"
  );

  /** A classification of all pages, and a reading of each. */
  private static final int CALLS = 1 + Samples.expected("consignment-digital").size();

  private static final int CALLS_OF_BOTH =
    CALLS + 1 + Samples.expected("consignment-scanned").size();

  @TempDir
  Path folder;

  private final RecordedAnswers answers = RecordedAnswers.start();
  private Path bills = Path.of("");

  @BeforeEach
  void label() throws IOException {
    bills = Files.createDirectory(folder.resolve("bills"));
    document("consignment-digital");
  }

  @AfterEach
  void stop() {
    answers.close();
  }

  @Test
  void modelsOfFiveProvidersReadTheSameBillsSideBySide() throws Exception {
    answers.read(Api.ANTHROPIC, fields -> {
      if (fields.has("invoice_number")) {
        ((ObjectNode) fields).put("invoice_number", "VAC/25-26/66577");
      }
      return fields;
    });
    var html = folder.resolve("models.html");
    var run = eval("--json", "--html", html.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    var result = Json.read(run.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertThat(result.path("compared").asInt()).isEqualTo(1);
    for (var api : Api.values()) {
      var its = contender(result, model(api));
      assertThat(its.path("pages").asInt()).isEqualTo(2);
      assertThat(its.path("classification").asDouble()).isEqualTo(1);
      assertThat(its.path("cellsF1").asDouble()).isEqualTo(1);
      assertThat(its.path("identifyingF1").asDouble() == 1)
        .as(api.name())
        .isEqualTo(api != Api.ANTHROPIC);
      // 8,000 tokens in, 1,800 out, for two pages.
      assertThat(its.path("usdAPage").asDouble()).isEqualTo(api == Api.OLLAMA ? 0 : 0.0255);
      assertThat(
        answers
          .calls()
          .stream()
          .filter(call -> call.api() == api)
      ).hasSize(CALLS);
    }
    assertThat(html).content().contains("VAC/25-26/66577", "data:image/png;base64,", ">right<");

    var again = eval();
    assertThat(again.out()).contains("MODEL", "gpt-6-luna", "1 of 1 documents", "15 calls in all");
    assertThat(answers.calls())
      .as("nothing is paid for twice")
      .hasSize(5 * CALLS);
  }

  @Test
  void theLimitIsHeldAndAHigherOneGoesOn() throws Exception {
    document("consignment-scanned");
    var stopped = eval(Api.OPENAI, "--max-usd", "0.5");
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(stopped.out()).contains("Stopped before the limit of US$ 0.5", "higher --max-usd");
    int asked = answers.calls().size();
    assertThat(asked).isBetween(1, CALLS_OF_BOTH - 1);
    var whole = eval(Api.OPENAI, "--max-usd", "5");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(answers.calls()).hasSize(CALLS_OF_BOTH);
  }

  @Test
  void aKilledRunGoesOnWhereItWas() throws Exception {
    document("consignment-scanned");
    var reached = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    answers.answer(Api.OPENAI, call -> {
      if (call == 5) {
        reached.countDown();
        await(released);
      }
      return 200;
    });
    var killed = start(List.of(Api.OPENAI), KEYS, "--at-once", "1");
    assertThat(reached.await(2, TimeUnit.MINUTES)).isTrue();
    killed.process().destroyForcibly().waitFor();
    released.countDown();

    var next = eval(Api.OPENAI);
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(next.out())
      .contains("2 of 2 documents were read by all")
      .containsPattern("newest +5 +100.0 % +1.000 +1.000")
      .containsPattern(
        "8 calls in all, US\\$ 0\\.\\d+, and up to 0\\.\\d+ for those that no answer"
      );
    assertThat(answers.calls())
      .as("the call that it was killed in")
      .hasSize(CALLS_OF_BOTH + 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatIsMissingIsSaidBeforeAnythingIsAsked() throws Exception {
    var withoutKey = start(List.of(Api.OPENAI), Map.of());
    assertThat(withoutKey.exitCode()).isEqualTo(1);
    assertThat(withoutKey.err()).contains("There is no key for openai", "billstep keys set openai");
    var withoutPrice = CommandResult.of(
      "eval",
      bills.toString(),
      "--model",
      "openai/gpt-6-luna",
      "--max-usd",
      "1"
    );
    assertThat(withoutPrice.exitCode()).isEqualTo(2);
    assertThat(withoutPrice.err()).contains("--price openai/gpt-6-luna=IN/OUT");
    assertThat(
      CommandResult.of("eval", bills.toString(), "--model", "crystal/ball").err()
    ).contains("There is no provider \"crystal\". There are: anthropic, bedrock");
    assertThat(answers.calls()).isEmpty();
  }

  private CommandRun eval(String... more) throws Exception {
    var run = start(List.of(Api.values()), KEYS, more);
    run.exitCode();
    return run;
  }

  private CommandRun eval(Api api, String... more) throws Exception {
    var run = start(List.of(api), KEYS, more);
    run.exitCode();
    return run;
  }

  private CommandRun start(List<Api> apis, Map<String, String> environment, String... more)
    throws IOException {
    var arguments = new ArrayList<>(
      List.of("eval", bills.toString(), "--answers", folder.resolve("answers").toString())
    );
    for (var api : apis) {
      var model = model(api);
      arguments.addAll(List.of("--model", model));
      arguments.addAll(
        List.of("--base-url", "%s=%s".formatted(api.provider().name(), answers.baseUrl(api)))
      );
      if (api != Api.OLLAMA) {
        arguments.addAll(List.of("--price", model + "=3/15"));
      }
    }
    arguments.addAll(List.of(more));
    return CommandRun.start(folder, new HashMap<>(environment), arguments.toArray(String[]::new));
  }

  private static String model(Api api) {
    return switch (api) {
      case OPENAI -> "openai/gpt-6-luna";
      case ANTHROPIC -> "anthropic/claude-sonnet-5-5";
      case BEDROCK -> "bedrock/global.anthropic.claude-sonnet-4-6";
      case GOOGLE -> "google/gemini-3.5-flash-lite";
      case OLLAMA -> "ollama/qwen3-vl:8b-instruct";
    };
  }

  private static JsonNode contender(JsonNode result, String model) {
    return result
      .path("contenders")
      .valueStream()
      .filter(each -> each.path("model").asText().equals(model))
      .findFirst()
      .orElseThrow();
  }

  /** A labelled document in the folder, and what a model that reads all of it right answers. */
  private void document(String name) throws IOException {
    var file = Samples.file(name);
    Files.copy(file, bills.resolve(name + ".pdf"));
    Files.copy(
      file.resolveSibling(name + ".expected.json"),
      bills.resolve(name + ".expected.json")
    );
    var expected = Samples.expected(name);
    var limits = new SplitLimits(100_000_000, 100, 60_000_000, 200, 100);
    DocumentSplitter.of(file, name).split(file, limits, page -> {
      var label = expected.get(page.number() - 1);
      var type = label.path("doc_type").asText();
      if (page instanceof SplitPage.Drawn drawn) {
        answers.record(drawn.png(), type, whole(schema(type), label.path("fields")));
      }
    });
  }

  private static JsonNode schema(String type) {
    var file = Project.ofSystemProperty()
      .home()
      .resolve("prisma/doctypes/%s/v2.schema.json".formatted(type));
    try {
      return Json.read(Files.readAllBytes(file), JsonNode.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** All that the schema asks for: nothing, as an empty text, where nothing is printed. */
  private static JsonNode whole(JsonNode schema, JsonNode printed) {
    return whole(schema, schema, printed);
  }

  private static JsonNode whole(JsonNode root, JsonNode type, JsonNode printed) {
    var reference = type.path("$ref").asText();
    if (!reference.isEmpty()) {
      return whole(root, root.at(reference.substring(1)), printed);
    }
    if (type.has("properties")) {
      var object = Json.mapper().createObjectNode();
      type
        .path("properties")
        .properties()
        .forEach(field ->
          object.set(field.getKey(), whole(root, field.getValue(), printed.path(field.getKey())))
        );
      return object;
    }
    if (type.has("items")) {
      var array = Json.mapper().createArrayNode();
      printed.forEach(item -> array.add(whole(root, type.path("items"), item)));
      return array;
    }
    return Stream.of(printed)
      .filter(value -> !value.isMissingNode() && !value.isNull())
      .findFirst()
      .orElseGet(() -> Json.mapper().createObjectNode().textNode(""));
  }
}
