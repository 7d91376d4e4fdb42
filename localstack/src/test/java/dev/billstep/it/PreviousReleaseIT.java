package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations come before functions: until those are replaced, the ones of the release before are at
 * work on the new schema. What they ask of it, and what they read in its answers, is kept in
 * {@code releases/}, a file a release.
 */
@ExtendWith(OnEmbeddedDatabase.class)
class PreviousReleaseIT {

  private final EmbeddedDatabase database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> values = new HashMap<>();

  PreviousReleaseIT(EmbeddedDatabase database) {
    this.database = database;
    values.put("job", UUID.randomUUID().toString());
    values.put("user", UUID.randomUUID().toString());
    values.put("call", UUID.randomUUID().toString());
    values.put("execution", "release-" + UUID.randomUUID());
    values.put("model", "release/" + UUID.randomUUID());
  }

  @ParameterizedTest
  @ValueSource(strings = "2026-11-25")
  void itsFunctionsWorkOnTheSchemaOfNow(String release) throws IOException, InterruptedException {
    for (var call : calls(release)) {
      var answer = http.send(request(call), BodyHandlers.ofString());
      assertThat(answer.statusCode())
        .as("%s: %s", call, answer.body())
        .isEqualTo(call.path("status").asInt(200));
      if (!answer.body().isEmpty()) {
        check(call, Json.mapper().readTree(answer.body()));
      }
    }
  }

  private static JsonNode calls(String release) throws IOException {
    try (
      var in = Objects.requireNonNull(
        PreviousReleaseIT.class.getResourceAsStream("/releases/%s.json".formatted(release))
      )
    ) {
      return Json.mapper().readTree(in);
    }
  }

  private void check(JsonNode call, JsonNode answer) {
    assertThat(call.path("has")).allSatisfy(place ->
      assertThat(answer.at(place.asText()).isMissingNode())
        .as("%s of %s", place.asText(), answer)
        .isFalse()
    );
    call
      .path("keep")
      .properties()
      .forEach(kept -> values.put(kept.getKey(), answer.at(kept.getValue().asText()).asText()));
  }

  private HttpRequest request(JsonNode call) {
    var path = call.path("get").asText(call.path("post").asText());
    var request = HttpRequest.newBuilder(uri(filled(path)))
      .header("apikey", database.keys().serviceRole())
      .header("Authorization", "Bearer " + database.keys().serviceRole())
      .header("Content-Type", "application/json");
    if (call.has("prefer")) {
      request.header("Prefer", call.path("prefer").asText());
    }
    if (call.path("one").asBoolean()) {
      request.header("Accept", "application/vnd.pgrst.object+json");
    }
    return call.has("post")
      ? request.POST(BodyPublishers.ofString(filled(call.path("body").toString()))).build()
      : request.build();
  }

  private URI uri(String path) {
    return database.url().resolve("/rest/v1/" + path);
  }

  private String filled(String text) {
    var filled = text;
    for (var value : values.entrySet()) {
      filled = filled.replace("${%s}".formatted(value.getKey()), value.getValue());
    }
    return filled;
  }
}
