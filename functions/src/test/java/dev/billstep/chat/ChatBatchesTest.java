package dev.billstep.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.DocumentFiles;
import dev.billstep.page.PageImage;
import dev.billstep.reading.BatchInterface;
import dev.billstep.reading.BatchInterface.State;
import dev.billstep.reading.ModelAnswerCutShort;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.ModelRefused;
import dev.billstep.settings.ModelSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The providers' batch interfaces, against a server that speaks all of them. */
class ChatBatchesTest {

  private static final DocTypeSchema SCHEMA = new DocTypeSchema(
    DocType.BILL,
    1,
    Json.read("{\"type\": \"object\", \"properties\": {\"number\": {\"type\": \"string\"}}}"),
    new Prompt("1", "Read it.")
  );

  private final RecordedAnswers server = RecordedAnswers.start();
  private PageImage first;
  private PageImage second;

  @BeforeEach
  void recordPages() throws IOException {
    first = page(1, 800, 1_100);
    second = page(2, 1_100, 800);
    server.record(first.bytes(), "bill", Json.read("{\"number\": \"A-1\"}"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = { "OPENAI", "ANTHROPIC", "GOOGLE" })
  void answersComeToTheQuestionsTheyWereAskedBy(Api api) {
    server.answerBatches(api, 2);
    var batches = batches(api);
    var batch = send(batches);
    assertThat(batches.state(batch)).isEqualTo(State.AT_WORK);
    assertThat(batches.state(batch)).isEqualTo(State.OVER);
    var answers = answers(batches, batch);
    assertThat(answers).containsOnlyKeys("a1", "b2");
    var answer = batches.answer(first, SCHEMA, Objects.requireNonNull(answers.get("a1")));
    assertThat(answer.fields().path("number").asText()).isEqualTo("A-1");
    assertThat(answer.usage().inputTokens()).isEqualTo(2_000);
    assertThat(answer.usage().outputTokens()).isEqualTo(600);
    assertThat(answer.usage().requestId()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = { "OPENAI", "ANTHROPIC", "GOOGLE" })
  void whatExpiredOrFailedIsNoAnswer(Api api) {
    server.expireBatches(api, 1);
    var batches = batches(api);
    var batch = send(batches);
    assertThat(batches.state(batch)).isEqualTo(State.OVER);
    assertThat(answers(batches, batch)).containsOnlyKeys("a1");
  }

  @ParameterizedTest
  @EnumSource(names = { "OPENAI", "ANTHROPIC", "GOOGLE" })
  void aBatchThatTheProviderDoesNotKnowIsLostAndNothingToStop(Api api) {
    server.loseBatches(api);
    var batches = batches(api);
    var batch = send(batches);
    assertThat(batches.state(batch)).isEqualTo(State.LOST);
    batches.cancel(batch);
  }

  @ParameterizedTest
  @EnumSource(names = { "OPENAI", "ANTHROPIC", "GOOGLE" })
  void aBatchIsStopped(Api api) {
    server.answerBatches(api, 100);
    var batches = batches(api);
    var batch = send(batches);
    batches.cancel(batch);
    assertThat(server.batchesCancelled(api)).isEqualTo(1);
    assertThat(batches.state(batch)).isEqualTo(State.OVER);
  }

  @ParameterizedTest
  @EnumSource(names = { "OPENAI", "ANTHROPIC", "GOOGLE" })
  void anAnswerInABatchIsRefusedOrCutShortAsAnyOther(Api api) {
    var batches = batches(api);
    assertThatThrownBy(() ->
      batches.answer(first, SCHEMA, Json.read(api.answer("{}", Api.End.LENGTH)))
    ).isInstanceOf(ModelAnswerCutShort.class);
    assertThatThrownBy(() ->
      batches.answer(first, SCHEMA, Json.read(api.answer("", Api.End.FILTER)))
    ).isInstanceOf(ModelRefused.class);
  }

  @Test
  void neitherBedrockNorOllamaHasOne() {
    for (var api : List.of(Api.BEDROCK, Api.OLLAMA)) {
      var settings = ModelSettings.of(api.provider().name(), "m-1");
      assertThat(api.provider().openBatches(settings, new OneKey())).isEmpty();
    }
  }

  private String send(BatchInterface batches) {
    return batches.send(
      List.of(batches.question("a1", first, SCHEMA), batches.question("b2", second, SCHEMA))
    );
  }

  private static Map<String, JsonNode> answers(BatchInterface batches, String batch) {
    var answers = new LinkedHashMap<String, JsonNode>();
    batches.answers(batch, List.of("a1", "b2"), answers::put);
    return answers;
  }

  private BatchInterface batches(Api api) {
    var settings = ModelSettings.of(api.provider().name(), "m-1").at(server.baseUrl(api));
    return api.provider().openBatches(settings, new OneKey()).orElseThrow();
  }

  private static PageImage page(int number, int width, int height) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(DocumentFiles.scan(width, height), "png", png);
    return PageImage.of(number, png.toByteArray());
  }

  private static final class OneKey implements ModelKeys {

    @Override
    public String key(String name) {
      return Api.KEY;
    }

    @Override
    public String renewed(String name) {
      return Api.KEY;
    }
  }
}
