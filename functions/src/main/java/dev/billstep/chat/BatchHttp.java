package dev.billstep.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** A provider's address, with what says who asks. Its failures are those of langchain4j's clients. */
final class BatchHttp {

  /** A batch of questions is as large as some fifty calls. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Of the answers of a batch: each may be a few hundred KB. */
  private static final int MOST_BYTES = 64 * 1024 * 1024;

  private static final String JSON = "application/json";

  private final String base;
  private final Map<String, String> headers;
  private final HttpClient http;

  private BatchHttp(String base, Map<String, String> headers, HttpClient http) {
    this.base = base;
    this.headers = headers;
    this.http = http;
  }

  /** That of the settings, or the provider's usual one. */
  static BatchHttp open(ModelSettings settings, BatchApi api, String key) {
    var base = settings.baseUrl().map(URI::toString).orElse(api.base().toString());
    return new BatchHttp(
      base.replaceFirst("/+$", ""),
      api.headers(key),
      BoundedHttp.within(LIMIT, MOST_BYTES).build()
    );
  }

  JsonNode get(String path) {
    return Json.read(send(request(HttpMethod.GET, path).build()));
  }

  /** A JSON value on each line. */
  Stream<JsonNode> lines(String path) {
    return send(request(HttpMethod.GET, path).build())
      .lines()
      .filter(line -> !line.isBlank())
      .map(Json::read);
  }

  JsonNode post(String path, String json) {
    return post(path, JSON, json);
  }

  JsonNode post(String path, String mediaType, String body) {
    return Json.read(
      send(request(HttpMethod.POST, path).addHeader("Content-Type", mediaType).body(body).build())
    );
  }

  private HttpRequest.Builder request(HttpMethod method, String path) {
    var request = HttpRequest.builder()
      .method(method)
      .url(base + path);
    headers.forEach(request::addHeader);
    return request;
  }

  private String send(HttpRequest request) {
    return http.execute(request).body();
  }
}
