package dev.billstep.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.BatchInterface.State;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Gemini's batches (Gemini API documentation, "Batch API", inline requests; API reference,
 * "models.batchGenerateContent"): answers come in the order of the questions. What came with a question
 * does not come back with its answer in all versions, so the order is what counts.
 */
final class GoogleBatches implements BatchApi {

  /** Of 20 MB, which a request may have. */
  private static final int MOST_BYTES = 18_000_000;

  private static final String PLACE = "/response/inlinedResponses/inlinedResponses";

  private final String model;

  GoogleBatches(String model) {
    this.model = model;
  }

  @Override
  public URI base() {
    return URI.create("https://generativelanguage.googleapis.com/v1beta");
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("x-goog-api-key", key);
  }

  @Override
  public int mostBytes() {
    return MOST_BYTES;
  }

  @Override
  public String question(String id, String body) {
    var question = Json.mapper().createObjectNode();
    question.set("request", Json.read(body));
    question.putObject("metadata").put("key", id);
    return Json.text(question);
  }

  @Override
  public String send(BatchHttp http, List<byte[]> questions) {
    var batch = questions
      .stream()
      .map(question -> new String(question, UTF_8))
      .collect(
        Collectors.joining(
          ",",
          "{\"batch\":{\"display_name\":\"billstep\",\"input_config\":{\"requests\":{\"requests\":[",
          "]}}}}"
        )
      );
    return http
      .post("/models/%s:batchGenerateContent".formatted(model), batch)
      .path("name")
      .asText();
  }

  @Override
  public State state(BatchHttp http, String batch) {
    return http
      .get("/" + batch)
      .path("done")
      .asBoolean()
      ? State.OVER
      : State.AT_WORK;
  }

  @Override
  public void answers(
    BatchHttp http,
    String batch,
    List<String> ids,
    BiConsumer<String, JsonNode> taker
  ) {
    var answers = http.get("/" + batch).at(PLACE);
    for (int index = 0; index < Math.min(ids.size(), answers.size()); index++) {
      var response = answers.get(index).path("response");
      if (response.isObject()) {
        taker.accept(ids.get(index), response);
      }
    }
  }

  @Override
  public void cancel(BatchHttp http, String batch) {
    http.post("/%s:cancel".formatted(batch), "");
  }
}
