package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Supabase's REST API, which is PostgREST: functions by {@code POST /rest/v1/rpc/{name}}, rows by
 * {@code GET /rest/v1/{table}}.
 *
 * <p>Every function of ours may be called twice with one effect, so a call that found no answer is
 * made again.
 */
public final class SupabaseClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

  /** A few tries for a hiccup; an outage is the state machine's to wait out. */
  private static final RetryPolicy<JsonNode> RETRY = RetryPolicy.<JsonNode>builder()
    .handle(SupabaseUnavailable.class)
    .withMaxAttempts(3)
    .withBackoff(200, 2_000, ChronoUnit.MILLIS)
    .withJitter(0.5)
    .build();

  private final URI base;
  private final Supplier<String> key;
  private final HttpClient http;
  private final FailsafeExecutor<JsonNode> retrying = Failsafe.with(RETRY);

  /**
   * Makes a client of one project.
   *
   * @param base the project's URL, such as {@code https://abc.supabase.co}
   * @param key gives the API key: a legacy JWT or an {@code sb_secret_…}
   */
  public SupabaseClient(URI base, Supplier<String> key) {
    this.base = base;
    this.key = key;
    this.http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(CONNECT_TIMEOUT)
      .build();
  }

  /**
   * Calls a function.
   *
   * @param arguments by parameter name
   * @return what it returns; a JSON null for nothing
   * @throws SupabaseRefused when the function or PostgREST refuses
   * @throws SupabaseUnavailable when there is no answer
   */
  public JsonNode call(String function, Map<String, ?> arguments) {
    var body = BodyPublishers.ofByteArray(Json.bytes(arguments));
    return send("rpc/" + function, builder -> builder.POST(body));
  }

  /**
   * Selects rows.
   *
   * @param filters PostgREST's query parameters, such as {@code id=eq.…}, {@code order=…}
   */
  public JsonNode select(String table, Map<String, String> filters) {
    return send(table + "?" + query(filters), HttpRequest.Builder::GET);
  }

  /** Inserts a row; a row with that key must not exist. */
  public void insert(String table, Map<String, ?> row) {
    var body = BodyPublishers.ofByteArray(Json.bytes(row));
    send(table, builder -> builder.header("Prefer", "return=minimal").POST(body));
  }

  private static String query(Map<String, String> filters) {
    return filters
      .entrySet()
      .stream()
      .map(
        filter ->
          filter.getKey() + "=" + URLEncoder.encode(filter.getValue(), StandardCharsets.UTF_8)
      )
      .collect(Collectors.joining("&"));
  }

  private JsonNode send(String path, Verb verb) {
    return retrying.get(() -> sendOnce(path, verb));
  }

  private JsonNode sendOnce(String path, Verb verb) {
    var request = verb.on(request(path)).build();
    var name = request.method() + " " + path;
    try {
      return answer(name, http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new SupabaseUnavailable(name, e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SupabaseUnavailable(name, "interrupted", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    var secret = key.get();
    var builder = HttpRequest.newBuilder(base.resolve("/rest/v1/" + path))
      .timeout(REQUEST_TIMEOUT)
      .header("Content-Type", "application/json")
      .header("apikey", secret);
    // Keys of the newer kind are no JWTs and must not be sent as one (Supabase docs, "API keys").
    return secret.startsWith("sb_") ? builder : builder.header("Authorization", "Bearer " + secret);
  }

  private static JsonNode answer(String request, HttpResponse<byte[]> response) throws IOException {
    int status = response.statusCode();
    if (status == 429 || status >= 500) {
      throw new SupabaseUnavailable(request, "HTTP " + status, null);
    }
    if (status >= 400) {
      throw refusal(request, status, response.body());
    }
    return response.body().length == 0
      ? Json.mapper().nullNode()
      : Json.mapper().readTree(response.body());
  }

  private static SupabaseRefused refusal(String request, int status, byte[] body) {
    try {
      var error = Json.mapper().readTree(body);
      return new SupabaseRefused(
        request,
        status,
        error.path("code").asText(),
        error.path("message").asText()
      );
    } catch (IOException notJson) {
      return new SupabaseRefused(request, status, "", "(its answer is no JSON)");
    }
  }

  @FunctionalInterface
  private interface Verb {
    HttpRequest.Builder on(HttpRequest.Builder request);
  }
}
