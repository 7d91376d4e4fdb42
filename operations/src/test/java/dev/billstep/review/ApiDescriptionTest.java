package dev.billstep.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.billstep.stack.DeployedStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description of the API says what is answered, all of it and nothing else. */
class ApiDescriptionTest {

  private static final String DESCRIPTION = "/api/openapi.yaml";
  private static final Set<String> METHODS = Set.of("get", "post", "delete");
  private static final DeployedStack STACK = SilentStack.make();

  private final JsonNode description = description();

  private static JsonNode description() {
    try {
      return new YAMLMapper().readTree(ReviewPage.text("openapi.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Described(String method, String path, JsonNode operation) {}

  private List<Described> described() {
    var all = new ArrayList<Described>();
    description
      .path("paths")
      .properties()
      .forEach(path ->
        path
          .getValue()
          .properties()
          .stream()
          .filter(each -> METHODS.contains(each.getKey()))
          .forEach(each ->
            all.add(
              new Described(
                each.getKey().toUpperCase(Locale.ROOT),
                example(path.getKey(), path.getValue()),
                each.getValue()
              )
            )
          )
      );
    return all;
  }

  /** A path with what its parameters have as an example. */
  private String example(String path, JsonNode item) {
    var example = path;
    for (var given : item.path("parameters")) {
      var parameter = resolved(given);
      if (parameter.path("in").asText().equals("path")) {
        example = example.replace(
          "{%s}".formatted(parameter.path("name").asText()),
          parameter.path("example").asText()
        );
      }
    }
    return example;
  }

  private JsonNode resolved(JsonNode given) {
    return given.has("$ref") ? description.at(given.path("$ref").asText().substring(1)) : given;
  }

  private static Stream<Route> routes() {
    return ReviewRequests.ofMachine(
      STACK,
      InstantSource.system(),
      Optional.empty(),
      Optional.empty(),
      () -> 0
    )
      .routes()
      .stream()
      .filter(route -> route.path().pattern().contains("/api/"))
      .filter(route -> !route.path().matcher(DESCRIPTION).matches());
  }

  @Test
  void everyRequestIsDescribed() {
    assertThat(routes()).allSatisfy(route ->
      assertThat(described())
        .as("%s %s", route.method(), route.path())
        .filteredOn(each -> each.method().equals(route.method()))
        .filteredOn(each -> route.path().matcher(each.path()).matches())
        .hasSize(1)
    );
  }

  @Test
  void everyDescriptionIsOfARequest() {
    assertThat(described()).hasSameSizeAs(routes().toList());
  }

  @Test
  void whatIsForOperatorsIsSaid() {
    var operators = Map.of(true, Right.OPERATOR, false, Right.REVIEWER);
    assertThat(routes())
      .filteredOn(route -> route.right() != Right.ANYBODY)
      .allSatisfy(route -> {
        var said = described()
          .stream()
          .filter(each -> each.method().equals(route.method()))
          .filter(each -> route.path().matcher(each.path()).matches())
          .map(each ->
            (
              each.operation().path("summary").asText() +
              each.operation().path("description").asText()
            ).contains("For operators.")
          )
          .findFirst()
          .orElseThrow();
        assertThat(operators.get(said))
          .as("%s %s", route.method(), route.path())
          .isEqualTo(route.right());
      });
  }

  @Test
  void aRefusalIsDescribedEverywhere() {
    assertThat(described()).allSatisfy(each ->
      assertThat(each.operation().at("/responses/default/$ref").asText()).isEqualTo(
        "#/components/responses/Refused"
      )
    );
  }
}
