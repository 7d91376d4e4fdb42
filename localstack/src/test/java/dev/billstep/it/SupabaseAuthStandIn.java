package dev.billstep.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A Supabase project as its users reach it: what is below {@code /auth/v1} answered as Supabase Auth
 * describes it, what is below {@code /rest/v1} by the embedded database's own API.
 */
final class SupabaseAuthStandIn implements AutoCloseable {

  private final HttpServer server;
  private final EmbeddedDatabase database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, User> users = new HashMap<>();
  private final Map<String, User> refreshTokens = new ConcurrentHashMap<>();
  private Duration lasts = Duration.ofHours(1);

  private SupabaseAuthStandIn(HttpServer server, EmbeddedDatabase database) {
    this.server = server;
    this.database = database;
  }

  static SupabaseAuthStandIn start(EmbeddedDatabase database) {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var project = new SupabaseAuthStandIn(http, database);
      http.createContext("/auth/v1/token", project::token);
      http.createContext("/auth/v1/logout", project::signOut);
      http.createContext("/rest/v1/", project::pass);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return project;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A user whom somebody has invited. */
  void add(User user) {
    users.put(user.email(), user);
  }

  /** Tokens that are made from now on are good for so long. */
  void tokensLast(Duration time) {
    lasts = time;
  }

  private void token(HttpExchange exchange) throws IOException {
    var asked = Json.read(exchange.getRequestBody().readAllBytes(), JsonNode.class);
    var user = exchange.getRequestURI().getQuery().equals("grant_type=password")
      ? Optional.ofNullable(users.get(asked.path("email").asText())).filter(known ->
          known.password().equals(asked.path("password").asText())
        )
      : Optional.ofNullable(refreshTokens.remove(asked.path("refresh_token").asText()));
    if (user.isEmpty()) {
      respond(
        exchange,
        400,
        Json.bytes(
          Map.of("code", 400, "error_code", "invalid_credentials", "msg", "Invalid credentials")
        )
      );
      return;
    }
    var refreshToken = UUID.randomUUID().toString();
    refreshTokens.put(refreshToken, user.get());
    respond(
      exchange,
      200,
      Json.bytes(
        Map.of(
          "access_token",
          accessToken(user.get(), Instant.now().plus(lasts)),
          "token_type",
          "bearer",
          "expires_in",
          lasts.toSeconds(),
          "refresh_token",
          refreshToken
        )
      )
    );
  }

  String accessToken(User user, Instant expires) {
    return database.keys().user(user.id(), user.email(), user.role(), expires);
  }

  private void signOut(HttpExchange exchange) throws IOException {
    refreshTokens.clear();
    respond(exchange, 204, new byte[0]);
  }

  private void pass(HttpExchange exchange) throws IOException {
    var request = HttpRequest.newBuilder(
      URI.create(database.url() + exchange.getRequestURI().toString())
    ).method(
      exchange.getRequestMethod(),
      BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes())
    );
    for (var name : List.of("apikey", "Authorization", "Accept", "Prefer", "Content-Type")) {
      exchange
        .getRequestHeaders()
        .getOrDefault(name, List.of())
        .forEach(value -> request.header(name, value));
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      answer
        .headers()
        .firstValue("Content-Range")
        .ifPresent(range -> exchange.getResponseHeaders().set("Content-Range", range));
      respond(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** Somebody with a password. */
  record User(UUID id, String email, String password, Optional<String> role) {}
}
