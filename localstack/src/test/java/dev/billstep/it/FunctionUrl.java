package dev.billstep.it;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A function's URL on this machine: hands requests to a handler as Lambda does, in the payload format 2.0, and
 * under the name that they would have there.
 */
final class FunctionUrl implements AutoCloseable {

  static final String HOST = "abc.lambda-url.ap-south-1.on.aws";

  private final HttpServer server;
  private final RequestStreamHandler handler;

  private FunctionUrl(HttpServer server, RequestStreamHandler handler) {
    this.server = server;
    this.handler = handler;
  }

  static FunctionUrl of(RequestStreamHandler handler) {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var url = new FunctionUrl(http, handler);
      http.createContext("/", url::serve);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return url;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A browser takes a cookie for TLS alone from here as well: it is this machine. */
  URI url() {
    return URI.create("http://localhost:%d/".formatted(server.getAddress().getPort()));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = invoke(handler, event(exchange));
      var headers = exchange.getResponseHeaders();
      answer
        .path("headers")
        .properties()
        .forEach(header -> headers.set(header.getKey(), header.getValue().asText()));
      answer.path("cookies").forEach(cookie -> headers.add("Set-Cookie", cookie.asText()));
      var body = Base64.getDecoder().decode(answer.path("body").asText());
      exchange.sendResponseHeaders(
        answer.path("statusCode").asInt(),
        body.length == 0 ? -1 : body.length
      );
      exchange.getResponseBody().write(body);
    }
  }

  private Map<String, Object> event(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, String>();
    exchange
      .getRequestHeaders()
      .forEach((name, values) ->
        headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values))
      );
    headers.put("host", HOST);
    var here = url().toString().replaceFirst("/$", "");
    headers.computeIfPresent("origin", (name, origin) -> origin.replace(here, "https://" + HOST));
    var cookies = headers.remove("cookie");
    return event(
      exchange.getRequestMethod(),
      exchange.getRequestURI(),
      headers,
      cookies == null ? List.of() : List.of(cookies.split("; ", -1)),
      exchange.getRequestBody().readAllBytes(),
      exchange.getRemoteAddress().getAddress().getHostAddress()
    );
  }

  /** As the developer guide has it, "Invoking Lambda function URLs". */
  static Map<String, Object> event(
    String method,
    URI uri,
    Map<String, String> headers,
    List<String> cookies,
    byte[] body,
    String address
  ) {
    var event = new HashMap<String, Object>();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put("rawPath", uri.getRawPath());
    event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (!cookies.isEmpty()) {
      event.put("cookies", cookies);
    }
    event.put("headers", headers);
    event.put(
      "requestContext",
      Map.of(
        "domainName",
        HOST,
        "stage",
        "$default",
        "http",
        Map.of("method", method, "path", uri.getPath(), "protocol", "HTTP/1.1", "sourceIp", address)
      )
    );
    if (body.length > 0) {
      event.put("body", Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0);
    return event;
  }

  static JsonNode invoke(RequestStreamHandler handler, Map<String, ?> event) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(Json.bytes(event)), out, null);
    return Json.read(out.toByteArray(), JsonNode.class);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
