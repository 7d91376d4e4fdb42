package dev.billstep.postgrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billstep.http.LocalRequests;
import dev.billstep.http.QueryParameters;
import dev.billstep.http.Token;
import dev.billstep.json.Json;
import dev.billstep.postgrest.ApiKeys.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
  private static final int POOL = 20;
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HikariDataSource database;
  private final ApiKeys keys;

  private PostgrestServer(HttpServer server, HikariDataSource database, ApiKeys keys) {
    this.server = server;
    this.database = database;
    this.keys = keys;
  }

  /**
   * Serves at an address of this machine, at any free port.
   *
   * @param requests that are answered, where they carry a key
   */
  public static PostgrestServer start(
    DataSource database,
    ApiKeys keys,
    InetAddress address,
    LocalRequests requests
  ) {
    try {
      var http = HttpServer.create(new InetSocketAddress(address, 0), 0);
      var server = new PostgrestServer(http, pool(database), keys);
      http.createContext(ROOT, server::serve).getFilters().add(requests.filter());
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HikariDataSource pool(DataSource database) {
    var pool = new HikariConfig();
    pool.setDataSource(database);
    pool.setMaximumPoolSize(POOL);
    pool.setMinimumIdle(0);
    return new HikariDataSource(pool);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        respond(exchange, run(call(exchange), caller(exchange)));
      } catch (RestError refusal) {
        var body = Json.text(refusal.body());
        respond(exchange, new RestResponse(refusal.status(), Map.of(), body));
      }
    }
  }

  private static void respond(HttpExchange exchange, RestResponse answer) throws IOException {
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", RowSelect.Shape.LIST.mediaType());
    answer.headers().forEach(headers::set);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      var out = exchange.getResponseBody();
      out.write(body);
      out.flush(); // Before the rest of a refused request is waited for.
    }
  }

  /** Supabase's gateway takes a secret key from {@code apikey}, a JWT from {@code Authorization}. */
  private Caller caller(HttpExchange exchange) throws RestError {
    var headers = exchange.getRequestHeaders();
    var apikey = Optional.ofNullable(headers.getFirst("apikey")).orElseThrow(() ->
      RestError.unauthorized("No API key found in request")
    );
    return keys
      .caller(Token.givenBy(headers).orElse(apikey))
      .orElseThrow(() -> RestError.unauthorized("JWT could not be verified"));
  }

  private static RestCall call(HttpExchange exchange) throws IOException, RestError {
    var path = exchange.getRequestURI().getPath().substring(ROOT.length());
    var method = exchange.getRequestMethod();
    var preferences = Preferences.of(
      exchange.getRequestHeaders().getOrDefault("Prefer", List.of())
    );
    if (method.equals("POST") && path.startsWith(FUNCTIONS)) {
      return new FunctionCall(path.substring(FUNCTIONS.length()), body(exchange));
    }
    return switch (method) {
      case "GET" -> new RowSelect(
        path,
        QueryParameters.of(exchange.getRequestURI()),
        shape(exchange),
        preferences.want("count=exact")
      );
      case "POST" -> insert(path, preferences, exchange);
      default -> throw RestError.beyondThisStandIn("method " + method);
    };
  }

  private static RowInsert insert(String table, Preferences preferences, HttpExchange exchange)
    throws IOException, RestError {
    if (preferences.want("return=representation")) {
      throw RestError.beyondThisStandIn("representation of what was inserted");
    }
    return new RowInsert(table, body(exchange), preferences.want("resolution=merge-duplicates"));
  }

  private static RowSelect.Shape shape(HttpExchange exchange) throws RestError {
    var accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse("*/*");
    return switch (accept) {
      case "application/json", "*/*" -> RowSelect.Shape.LIST;
      case "application/vnd.pgrst.object+json" -> RowSelect.Shape.ONE;
      default -> throw RestError.beyondThisStandIn("media type " + accept);
    };
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, RestError {
    // What is announced is refused before it is waited for.
    var announced = exchange.getRequestHeaders().getFirst("Content-Length");
    if (announced != null && Long.parseLong(announced) > MAX_BODY_BYTES) {
      throw RestError.tooLarge(MAX_BODY_BYTES);
    }
    var bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw RestError.tooLarge(MAX_BODY_BYTES);
    }
    if (bytes.length == 0) {
      return Json.mapper().createObjectNode();
    }
    try {
      var body = Json.mapper().readTree(bytes);
      if (body.isObject()) {
        return body;
      }
      throw RestError.beyondThisStandIn("body that is not a JSON object");
    } catch (JsonProcessingException e) {
      throw RestError.noJson("Empty or invalid json");
    }
  }

  private RestResponse run(RestCall call, Caller caller) throws RestError {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      become(caller, connection);
      var content = call.run(connection);
      connection.commit();
      return content;
    } catch (SQLException e) {
      throw RestError.of(e, caller.isAnonymous());
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
    database.close();
  }
}
