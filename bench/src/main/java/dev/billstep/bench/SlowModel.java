package dev.billstep.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A server of OpenAI's chat API for which every page is unknown, and which takes as long for every call. */
final class SlowModel implements AutoCloseable {

  private static final int OK = 200;

  private final HttpServer server;
  private final Duration takes;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private SlowModel(HttpServer server, Duration takes) {
    this.server = server;
    this.takes = takes;
  }

  static SlowModel start(Duration takes) throws IOException {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var model = new SlowModel(http, takes);
    http.createContext("/v1/chat/completions", model::serve);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
    return model;
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
  }

  /** How many it has answered. */
  int calls() {
    return calls.get();
  }

  /** How many it has had at once. */
  int most() {
    return most.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      var request = Json.read(exchange.getRequestBody().readAllBytes(), JsonNode.class);
      Thread.sleep(takes);
      var body = Json.bytes(answer(request));
      now.decrementAndGet();
      calls.incrementAndGet();
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The server was stopped.", e);
    }
  }

  private static Map<String, Object> answer(JsonNode request) {
    var content = isClassification(request)
      ? Map.of("pages", labels(images(request)))
      : Map.of("text", "A page of a benchmark.");
    return Map.of(
      "id",
      "chatcmpl-1",
      "object",
      "chat.completion",
      "created",
      1,
      "model",
      "slow",
      "choices",
      List.of(
        Map.of(
          "index",
          0,
          "finish_reason",
          "stop",
          "message",
          Map.of("role", "assistant", "content", Json.text(content))
        )
      ),
      "usage",
      Map.of("prompt_tokens", 1000, "completion_tokens", 100, "total_tokens", 1100)
    );
  }

  private static boolean isClassification(JsonNode request) {
    return request.at("/response_format/json_schema/name").asText().equals("page_types");
  }

  private static long images(JsonNode request) {
    return request
      .path("messages")
      .valueStream()
      .flatMap(message -> message.path("content").valueStream())
      .filter(part -> part.path("type").asText().equals("image_url"))
      .count();
  }

  private static List<Map<String, Object>> labels(long pages) {
    return IntStream.rangeClosed(1, Math.toIntExact(pages))
      .mapToObj(page -> Map.<String, Object>of("page", page, "type", "unknown", "confidence", 0.9))
      .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
