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
 * Anthropic's batches (Claude documentation, "Batch processing"; API reference, "Message Batches"): one
 * request with all questions, and their results on lines in any order.
 */
final class AnthropicBatches implements BatchApi {

  /** Of 256 MB, which a batch may have: held in memory as it is sent. */
  private static final int MOST_BYTES = 48_000_000;

  private static final String VERSION = "2023-06-01";
  private static final String BATCHES = "/messages/batches";

  @Override
  public URI base() {
    return URI.create("https://api.anthropic.com/v1");
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("x-api-key", key, "anthropic-version", VERSION);
  }

  @Override
  public int mostBytes() {
    return MOST_BYTES;
  }

  @Override
  public String question(String id, String body) {
    var question = Json.mapper().createObjectNode();
    question.put("custom_id", id).set("params", Json.read(body));
    return Json.text(question);
  }

  @Override
  public String send(BatchHttp http, List<byte[]> questions) {
    var requests = questions
      .stream()
      .map(question -> new String(question, UTF_8))
      .collect(Collectors.joining(",", "{\"requests\":[", "]}"));
    return http.post(BATCHES, requests).path("id").asText();
  }

  @Override
  public State state(BatchHttp http, String batch) {
    var status = http.get(of(batch)).path("processing_status").asText();
    return status.equals("ended") ? State.OVER : State.AT_WORK;
  }

  @Override
  public void answers(
    BatchHttp http,
    String batch,
    List<String> ids,
    BiConsumer<String, JsonNode> taker
  ) {
    http
      .lines(of(batch) + "/results")
      .filter(line -> line.path("result").path("type").asText().equals("succeeded"))
      .forEach(line ->
        taker.accept(line.path("custom_id").asText(), line.path("result").path("message"))
      );
  }

  @Override
  public void cancel(BatchHttp http, String batch) {
    http.post(of(batch) + "/cancel", "");
  }

  private static String of(String batch) {
    return BATCHES + "/" + batch;
  }
}
