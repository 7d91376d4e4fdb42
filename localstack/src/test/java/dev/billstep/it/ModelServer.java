package dev.billstep.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.json.Json;
import dev.billstep.page.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A server that speaks OpenAI's chat API, for the real adapter to talk to. It answers what a test
 * says, and writes down what it was asked. Usually every page is unknown, with a text that names the
 * page by its image.
 */
public final class ModelServer implements AutoCloseable {

  private static final int OK = 200;

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Function<Call, Reply> behaviour = Call::usualReply;

  private ModelServer(HttpServer server) {
    this.server = server;
  }

  public static ModelServer start() {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var server = new ModelServer(http);
      http.createContext("/v1/chat/completions", server::serve);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
  }

  /** From now on. */
  public void behave(Function<Call, Reply> wanted) {
    behaviour = wanted;
  }

  public void behaveAsUsual() {
    behaviour = Call::usualReply;
  }

  /** Every call that was answered with success, since the last {@link #forget}. */
  public List<Call> answered() {
    return calls
      .stream()
      .filter(call -> call.status == OK)
      .toList();
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  public void forget() {
    calls.clear();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = Json.read(exchange.getRequestBody().readAllBytes(), JsonNode.class);
      var call = new Call(request, exchange.getRequestHeaders().getFirst("Authorization"));
      var reply = behaviour.apply(call);
      call.status = reply.status();
      calls.add(call);
      var body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What the model was asked. */
  public static final class Call {

    private final JsonNode request;
    private final String authorization;
    private final long at = System.nanoTime();
    private volatile int status;

    private Call(JsonNode request, String authorization) {
      this.request = request;
      this.authorization = authorization;
    }

    public boolean isClassification() {
      return schemaName().equals("page_types");
    }

    public String schemaName() {
      return request.at("/response_format/json_schema/name").asText();
    }

    public String model() {
      return request.path("model").asText();
    }

    public String authorization() {
      return authorization;
    }

    long at() {
      return at;
    }

    /** The pages' images, by their hash. */
    public List<String> images() {
      return request
        .path("messages")
        .valueStream()
        .flatMap(message -> message.path("content").valueStream())
        .filter(part -> part.path("type").asText().equals("image_url"))
        .map(part -> part.at("/image_url/url").asText())
        .map(url -> Sha256.of(url.getBytes(StandardCharsets.UTF_8)))
        .toList();
    }

    public JsonNode request() {
      return request;
    }

    public Reply usualReply() {
      return isClassification() ? labels("unknown") : fields(Map.of("text", images().getFirst()));
    }

    /** Every page is the same. */
    public Reply labels(String type) {
      var pages = IntStream.rangeClosed(1, images().size())
        .mapToObj(page -> Map.of("page", page, "type", type, "confidence", 0.9))
        .toList();
      return fields(Map.of("pages", pages));
    }

    public Reply fields(Object fields) {
      return Reply.message(Json.text(fields), "stop");
    }
  }

  /** What the server answers. */
  public record Reply(int status, String body) {
    public static Reply message(String content, String finishReason) {
      return new Reply(
        OK,
        Json.text(
          Map.of(
            "id",
            "chatcmpl-1",
            "object",
            "chat.completion",
            "created",
            1,
            "model",
            "test",
            "choices",
            List.of(
              Map.of(
                "index",
                0,
                "finish_reason",
                finishReason,
                "message",
                Map.of("role", "assistant", "content", content)
              )
            ),
            "usage",
            Map.of("prompt_tokens", 1000, "completion_tokens", 100, "total_tokens", 1100)
          )
        )
      );
    }

    public static Reply error(int status) {
      return new Reply(status, "{\"error\": {\"message\": \"no\", \"type\": \"test\"}}");
    }
  }
}
