package dev.billstep.postgrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.json.Json;
import dev.billstep.postgrest.ApiKeys.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * Answers the part of PostgREST that {@link dev.billstep.supabase.SupabaseClient} uses. Each request
 * is a transaction under the caller's own role, so that grants and row-level security are real.
 */
public final class PostgrestServer implements AutoCloseable {

  private static final String ROOT = "/rest/v1/";
  private static final String FUNCTIONS = "rpc/";
  private static final String BEARER = "Bearer ";
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final DataSource database;
  private final ApiKeys keys;

  private PostgrestServer(HttpServer server, DataSource database, ApiKeys keys) {
    this.server = server;
    this.database = database;
    this.keys = keys;
  }

  public static PostgrestServer start(DataSource database, ApiKeys keys) {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var server = new PostgrestServer(http, database, keys);
      http.createContext(ROOT, server::serve);
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        var content = run(call(exchange), caller(exchange));
        int empty = exchange
          .getRequestURI()
          .getPath()
          .startsWith(ROOT + FUNCTIONS)
          ? 204
          : 201;
        respond(exchange, content.isPresent() ? 200 : empty, content.orElse(""));
      } catch (RestError refusal) {
        respond(exchange, refusal.status(), Json.text(refusal.body()));
      }
    }
  }

  private static void respond(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private Caller caller(HttpExchange exchange) throws RestError {
    var headers = exchange.getRequestHeaders();
    var authorization = Optional.ofNullable(headers.getFirst("Authorization"));
    if (headers.getFirst("apikey") == null) {
      throw RestError.unauthorized("No API key found in request");
    }
    return authorization
      .filter(value -> value.startsWith(BEARER))
      .flatMap(value -> keys.caller(value.substring(BEARER.length())))
      .orElseThrow(() -> RestError.unauthorized("JWT could not be verified"));
  }

  private static RestCall call(HttpExchange exchange) throws IOException, RestError {
    var path = exchange.getRequestURI().getPath().substring(ROOT.length());
    var method = exchange.getRequestMethod();
    if (method.equals("POST") && path.startsWith(FUNCTIONS)) {
      return new FunctionCall(path.substring(FUNCTIONS.length()), body(exchange));
    }
    return switch (method) {
      case "GET" -> new RowSelect(path, parameters(exchange.getRequestURI()));
      case "POST" -> new RowInsert(path, body(exchange));
      default -> throw RestError.beyondThisStandIn("method " + method);
    };
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, RestError {
    try {
      var bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
      var body = Json.mapper().readTree(
        bytes.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : bytes
      );
      if (body.isObject()) {
        return body;
      }
      throw RestError.beyondThisStandIn("body that is no JSON object");
    } catch (JsonProcessingException e) {
      throw RestError.badRequest("The body is no JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, String> parameters(URI uri) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)
        );
      }
    }
    return parameters;
  }

  private Optional<String> run(RestCall call, Caller caller) throws RestError {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      become(caller, connection);
      var content = call.run(connection);
      connection.commit();
      return content;
    } catch (SQLException e) {
      throw RestError.of(e);
    }
  }

  /** As PostgREST does at the start of every transaction. */
  private static void become(Caller caller, Connection connection) throws SQLException {
    try (
      var statement = connection.prepareStatement(
        "SELECT set_config('role', ?, true), set_config('request.jwt.claims', ?, true)"
      )
    ) {
      statement.setString(1, caller.role());
      statement.setString(2, caller.claims());
      statement.execute();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
