package dev.billstep.supabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.failure.RetryAfter;
import dev.billstep.json.Json;
import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Supabase's REST API, which is PostgREST: functions by {@code POST /rest/v1/rpc/{name}}, rows by
 * {@code GET} and {@code POST /rest/v1/{table}}.
 *
 * <p>A request that found no answer is made again where that is safe: reading is, an upsert is, and
 * every function of ours may be called twice with one effect. An insert is not repeated.
 */
public final class SupabaseClient implements Rows {

  private static final String JSON = "application/json";

  /** One row instead of a list (PostgREST documentation, "Singular or Plural"). */
  private static final String ONE_ROW = "application/vnd.pgrst.object+json";

  /** PostgREST's code where a single row was asked for and there is another number of them. */
  private static final String NOT_ONE_ROW = "PGRST116";

  private static final int UNAUTHORISED = 401;
  private static final String REST = "rest/v1/";

  private final URI base;
  private final ProjectKey key;
  private final Optional<String> userToken;
  private final SupabaseLimits limits;
  private final HttpClient http;
  private final FailsafeExecutor<Answer> repeating;

  /**
   * Makes a client of one project.
   *
   * @param base the project's URL, such as {@code https://abc.supabase.co}
   * @param key of the service role; one that is refused is renewed, and the request made again, once
   */
  public SupabaseClient(URI base, ProjectKey key, SupabaseLimits limits) {
    this.base = base;
    this.key = key;
    this.userToken = Optional.empty();
    this.limits = limits;
    this.http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(limits.connect())
      .build();
    this.repeating = Failsafe.with(repetition(limits));
  }

  private SupabaseClient(SupabaseClient project, String userToken) {
    this.base = project.base;
    this.key = project.key;
    this.userToken = Optional.of(userToken);
    this.limits = project.limits;
    this.http = project.http;
    this.repeating = project.repeating;
  }

  /**
   * The same project as a user sees it who has signed in: by their token, beside a key that is everybody's.
   * A token that is refused is a {@link UserTokenRefused}.
   */
  public SupabaseClient by(String accessToken) {
    return new SupabaseClient(this, accessToken);
  }

  private static RetryPolicy<Answer> repetition(SupabaseLimits limits) {
    return RetryPolicy.<Answer>builder()
      .handle(SupabaseUnavailable.class)
      .withMaxAttempts(limits.attempts())
      .withMaxDuration(limits.total())
      .withDelayFnOn(attempt -> delay(attempt, limits), SupabaseUnavailable.class)
      .build();
  }

  /** As long as the server asks for, within the limits; otherwise twice as long each, with jitter. */
  private static Duration delay(ExecutionContext<Answer> attempt, SupabaseLimits limits) {
    return Optional.ofNullable(attempt.<Throwable>getLastException())
      .filter(SupabaseUnavailable.class::isInstance)
      .map(SupabaseUnavailable.class::cast)
      .flatMap(SupabaseUnavailable::retryAfter)
      .map(wanted -> wanted.compareTo(limits.request()) < 0 ? wanted : limits.request())
      .orElseGet(() -> backoff(attempt.getAttemptCount(), limits));
  }

  private static Duration backoff(int attempts, SupabaseLimits limits) {
    long longest = limits.firstDelay().toMillis() << attempts;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }

  /**
   * {@inheritDoc}
   *
   * @throws SupabaseKeyRefused when the key is not taken, also after it was renewed
   */
  @Override
  public JsonNode call(String function, Map<String, ?> arguments) {
    return repeated(post(REST + "rpc/" + function, arguments)).json();
  }

  @Override
  public List<JsonNode> select(String table, String order, Map<String, String> filters) {
    var rows = new ArrayList<JsonNode>();
    Answer page;
    do {
      var parameters = page(order, filters, limits.pageRows(), rows.size());
      page = repeated(get(table, parameters, JSON, "count=exact"));
      page.json().forEach(rows::add);
    } while (!page.json().isEmpty() && rows.size() < page.totalRows());
    return rows;
  }

  @Override
  public List<JsonNode> selectFirst(
    String table,
    String order,
    Map<String, String> filters,
    int count
  ) {
    return repeated(get(table, page(order, filters, count, 0), JSON))
      .json()
      .valueStream()
      .toList();
  }

  private static Map<String, String> page(
    String order,
    Map<String, String> filters,
    int limit,
    int offset
  ) {
    var parameters = new LinkedHashMap<>(filters);
    parameters.put("order", order);
    parameters.put("limit", String.valueOf(limit));
    parameters.put("offset", String.valueOf(offset));
    return parameters;
  }

  @Override
  public Optional<JsonNode> selectOne(String table, Map<String, String> filters) {
    try {
      return Optional.of(repeated(get(table, filters, ONE_ROW)).json());
    } catch (SupabaseRefused refused) {
      if (refused.code().equals(NOT_ONE_ROW)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** Inserts a row; a row with its key must not exist. */
  public void insert(String table, Map<String, ?> row) {
    send(post(REST + table, row, "return=minimal"));
  }

  /** Inserts a row, or changes the one with its key. */
  public void upsert(String table, Map<String, ?> row) {
    repeated(post(REST + table, row, "resolution=merge-duplicates,return=minimal"));
  }

  /** Asks another service of the project, once. */
  JsonNode tell(String path, Map<String, ?> body) {
    return send(post(path, body)).json();
  }

  private Request post(String path, Map<String, ?> body, String... preferences) {
    var json = BodyPublishers.ofByteArray(Json.bytes(body));
    return new Request("POST", path, json, JSON, List.of(preferences));
  }

  private static Request get(
    String table,
    Map<String, String> parameters,
    String accept,
    String... preferences
  ) {
    var query = parameters
      .entrySet()
      .stream()
      .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
      .collect(Collectors.joining("&"));
    var path = REST + (query.isEmpty() ? table : table + "?" + query);
    return new Request("GET", path, BodyPublishers.noBody(), accept, List.of(preferences));
  }

  private Answer repeated(Request request) {
    return repeating.get(() -> send(request));
  }

  private Answer send(Request request) {
    var known = key.current();
    if (userToken.isPresent()) {
      return sendByUser(request, known);
    }
    try {
      return send(request, known);
    } catch (SupabaseKeyRefused refused) {
      var renewed = key.renewed();
      if (renewed.equals(known)) {
        throw refused;
      }
      return send(request, renewed);
    }
  }

  private Answer sendByUser(Request request, String everybodys) {
    try {
      return send(request, everybodys);
    } catch (SupabaseKeyRefused refused) {
      throw new UserTokenRefused(refused);
    }
  }

  private Answer send(Request request, String secret) {
    var exchange = http.sendAsync(http(request, secret), BodyHandlers.ofByteArray());
    try {
      // The whole answer: HttpRequest's own timeout ends with its headers.
      return answer(request, exchange.get(limits.request().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw SupabaseUnavailable.noAnswer(request.name(), "within " + limits.request(), e);
    } catch (ExecutionException e) {
      throw SupabaseUnavailable.noAnswer(request.name(), String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw SupabaseUnavailable.noAnswer(request.name(), "interrupted", e);
    }
  }

  private HttpRequest http(Request request, String secret) {
    var builder = HttpRequest.newBuilder(base.resolve("/" + request.path()))
      .header("Accept", request.accept())
      .header("apikey", secret)
      .method(request.method(), request.body());
    if (request.method().equals("POST")) {
      builder.header("Content-Type", JSON);
    }
    request.preferences().forEach(preference -> builder.header("Prefer", preference));
    // Keys of the newer kind are no JWTs and must not be sent as one (Supabase docs, "API keys").
    userToken
      .or(() -> Optional.of(secret).filter(each -> !each.startsWith("sb_")))
      .ifPresent(token -> builder.header("Authorization", "Bearer " + token));
    return builder.build();
  }

  private static Answer answer(Request request, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 429 || status >= 500) {
      throw SupabaseUnavailable.notNow(
        request.name(),
        status,
        RetryAfter.of(response.headers().firstValue(RetryAfter.HEADER))
      );
    }
    if (status == UNAUTHORISED) {
      throw new SupabaseKeyRefused(refusal(request, status, response.body()));
    }
    if (status >= 400) {
      throw refusal(request, status, response.body());
    }
    try {
      return new Answer(json(response.body()), totalRows(response));
    } catch (JsonProcessingException e) {
      throw SupabaseUnavailable.noAnswer(request.name(), "its answer is not JSON", null);
    } catch (IOException e) {
      throw SupabaseUnavailable.noAnswer(request.name(), e.toString(), e);
    }
  }

  private static JsonNode json(byte[] body) throws IOException {
    return body.length == 0 ? Json.mapper().nullNode() : Json.mapper().readTree(body);
  }

  /** {@code Content-Range: 0-999/12345}. */
  private static long totalRows(HttpResponse<?> response) {
    return response
      .headers()
      .firstValue("Content-Range")
      .map(range -> range.substring(range.indexOf('/') + 1))
      .filter(total -> total.matches("\\d{1,18}"))
      .map(Long::parseLong)
      .orElse(0L);
  }

  private static SupabaseRefused refusal(Request request, int status, byte[] body) {
    try {
      var error = json(body);
      return new SupabaseRefused(
        request.name(),
        status,
        error.path("code").isTextual() ? error.path("code").asText() : ofAuth(error),
        error.path("message").asText(error.path("msg").asText(""))
      );
    } catch (IOException notJson) {
      return new SupabaseRefused(request.name(), status, "", "(its answer is not JSON)");
    }
  }

  /** Supabase Auth has its status where the other services have a code, and its older answers another name. */
  private static String ofAuth(JsonNode error) {
    return error.path("error_code").asText(error.path("error").asText(""));
  }

  private record Request(
    String method,
    String path,
    BodyPublisher body,
    String accept,
    List<String> preferences
  ) {
    /** For messages: the table or function, without the values that were asked for. */
    String name() {
      int query = path.indexOf('?');
      return method + " " + (query < 0 ? path : path.substring(0, query)).replaceFirst(REST, "");
    }
  }

  /**
   * @param totalRows that the filters leave, beyond those of this page; 0 where it was not asked
   */
  private record Answer(JsonNode json, long totalRows) {}
}
