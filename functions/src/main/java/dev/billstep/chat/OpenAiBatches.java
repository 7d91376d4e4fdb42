package dev.billstep.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.BatchInterface.State;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * OpenAI's batches (API documentation, "Batch API"; API reference, "Files", "Batch"): a file of requests,
 * one on a line, and a file of answers in any order; what failed is in a file of its own.
 */
final class OpenAiBatches implements BatchApi {

  /** Of 200 MB, which a file of questions may have: held in memory as it is sent. */
  private static final int MOST_BYTES = 48_000_000;

  private static final String ENDPOINT = "/v1/chat/completions";
  private static final String FILE = "output_file_id";
  private static final int OK = 200;

  @Override
  public URI base() {
    return URI.create("https://api.openai.com/v1");
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public int mostBytes() {
    return MOST_BYTES;
  }

  @Override
  public String question(String id, String body) {
    var line = Json.mapper().createObjectNode();
    line.put("custom_id", id).put("method", "POST").put("url", ENDPOINT);
    line.set("body", Json.read(body));
    return Json.text(line) + "\n";
  }

  @Override
  public String send(BatchHttp http, List<byte[]> questions) {
    var file = http.post("/files", Form.MEDIA_TYPE, Form.of(questions)).path("id").asText();
    var batch = Json.mapper().createObjectNode();
    batch.put("input_file_id", file).put("endpoint", ENDPOINT).put("completion_window", "24h");
    return http.post("/batches", Json.text(batch)).path("id").asText();
  }

  @Override
  public State state(BatchHttp http, String batch) {
    return switch (status(http, batch).path("status").asText()) {
      case "completed", "failed", "expired", "cancelled" -> State.OVER;
      default -> State.AT_WORK;
    };
  }

  @Override
  public void answers(
    BatchHttp http,
    String batch,
    List<String> ids,
    BiConsumer<String, JsonNode> taker
  ) {
    var file = status(http, batch).path(FILE);
    if (!file.isTextual()) {
      return;
    }
    http
      .lines("/files/%s/content".formatted(file.asText()))
      .filter(line -> line.path("response").path("status_code").asInt() == OK)
      .forEach(line ->
        taker.accept(line.path("custom_id").asText(), line.path("response").path("body"))
      );
  }

  @Override
  public void cancel(BatchHttp http, String batch) {
    http.post("/batches/%s/cancel".formatted(batch), "");
  }

  private static JsonNode status(BatchHttp http, String batch) {
    return http.get("/batches/" + batch);
  }

  /** An upload of a file, by RFC 7578. */
  private static final class Form {

    private static final String BOUNDARY = "billstep-" + UUID.randomUUID();

    static final String MEDIA_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private Form() {}

    static String of(List<byte[]> questions) {
      var form = new StringBuilder(
        """
        --%1$s\r
        Content-Disposition: form-data; name="purpose"\r
        \r
        batch\r
        --%1$s\r
        Content-Disposition: form-data; name="file"; filename="questions.jsonl"\r
        Content-Type: application/jsonl\r
        \r
        """.formatted(BOUNDARY)
      );
      questions.forEach(question -> form.append(new String(question, UTF_8)));
      return form.append("\r\n--").append(BOUNDARY).append("--\r\n").toString();
    }
  }
}
