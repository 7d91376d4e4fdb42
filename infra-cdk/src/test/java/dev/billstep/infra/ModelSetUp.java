package dev.billstep.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which models are asked, and what that takes: by the requests of the wire's goldens, and by answers to the
 * samples' bills in the form in which they are asked for.
 *
 * @param setUp of {@code bench/costs.json}
 * @param figures all of it
 */
record ModelSetUp(JsonNode setUp, JsonNode figures) {
  private static final Path GOLDENS = Path.of("../functions/src/test/resources/wire");
  private static final Path WAITING = Path.of("../prisma/settings/waiting.json");
  private static final Path SAMPLES = Path.of("../samples");
  private static final Pattern PICTURE = Pattern.compile("<JPEG of (\\d+) × (\\d+)>");
  private static final int MILLION = 1_000_000;

  String name() {
    return setUp.path("name").asText();
  }

  /** Dollars for so many pages, in so many calls; those that words decide are in none. */
  double classifying(double calls, int pages) {
    double asked = 1 - setUp.path("byWords").asDouble();
    return (
      asked *
      dollars(
        "classify",
        calls * taskTokens("classify") + pages * pictureTokens("classify"),
        pages * figures.path("labelTokens").asDouble()
      )
    );
  }

  /** Dollars for so many pages; half of it where they are answered by batch. */
  double reading(int pages) {
    double atOnce = dollars(
      "read",
      pages * (taskTokens("read") + pictureTokens("read")),
      pages * answerTokens()
    );
    return isDeferred() ? atOnce / 2 : atOnce;
  }

  /** Whether pages are read by the provider's batch interface. */
  boolean isDeferred() {
    return setUp.has("batchSeconds");
  }

  /** How often the answers are looked for until they are there, with the waiting that is set by default. */
  int looks() {
    var waiting = CostsTest.read(WAITING);
    double first = waiting.path("probeSeconds").asDouble();
    double longest = waiting.path("longestProbeSeconds").asDouble();
    int looks = 0;
    double waited = 0;
    while (waited < setUp.path("batchSeconds").asDouble()) {
      waited += Math.clamp(waited, first, longest);
      looks++;
    }
    return looks;
  }

  private double dollars(String step, double input, double output) {
    var price = setUp.path(step);
    return (
      (input * CostsTest.price(price, "inputPerMillion") +
        output * CostsTest.price(price, "outputPerMillion")) /
      MILLION
    );
  }

  /** Of one page: the providers count by area. */
  double pictureTokens(String step) {
    var picture = PICTURE.matcher(golden(step).toString());
    if (!picture.find()) {
      throw new IllegalStateException("No picture in the request to " + step);
    }
    double pixels = Double.parseDouble(picture.group(1)) * Double.parseDouble(picture.group(2));
    return pixels / setUp.path("pixelsPerToken").asDouble();
  }

  /** Of everything but pictures that a request has. */
  double taskTokens(String step) {
    var body = golden(step);
    var texts = strings(body)
      .filter(text -> !PICTURE.matcher(text).find())
      .mapToInt(String::length)
      .sum();
    return texts / charactersOf("text") + Json.text(schema(body)).length() / charactersOf("json");
  }

  /** Of what the message says; names of fields and of the schema's own words are in the schema. */
  private static Stream<String> strings(JsonNode body) {
    return Stream.of("messages", "system", "input")
      .map(body::path)
      .flatMap(part -> Stream.concat(part.findValuesAsText("text").stream(), contents(part)));
  }

  private static Stream<String> contents(JsonNode part) {
    return part.findValues("content").stream().filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  double answerTokens() {
    var schema = schema(golden("read"));
    return (
      bills()
        .stream()
        .mapToInt(bill -> Json.text(answer(schema, bill)).length())
        .average()
        .orElseThrow() / charactersOf("json")
    );
  }

  /** With every field that is asked for: text, empty where the page has none. */
  private static JsonNode answer(JsonNode schema, JsonNode value) {
    var properties = schema.path("properties");
    if (properties.isObject()) {
      var object = Json.mapper().createObjectNode();
      properties
        .properties()
        .forEach(field ->
          object.set(field.getKey(), answer(field.getValue(), value.path(field.getKey())))
        );
      return object;
    }
    if (schema.has("items")) {
      var rows = Json.mapper().createArrayNode();
      value.forEach(row -> rows.add(answer(schema.path("items"), row)));
      return rows;
    }
    return Json.mapper()
      .getNodeFactory()
      .textNode(value.isNull() ? "" : value.asText());
  }

  private static List<JsonNode> bills() {
    try (var files = Files.list(SAMPLES)) {
      return files
        .filter(file -> file.toString().endsWith(".expected.json"))
        .sorted()
        .flatMap(file -> StreamSupport.stream(CostsTest.read(file).spliterator(), false))
        .filter(page -> page.path("doc_type").asText().equals("bill"))
        .map(page -> page.path("fields"))
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode schema(JsonNode body) {
    return Stream.of("/output_config/format/schema", "/response_format/json_schema/schema")
      .map(body::at)
      .filter(JsonNode::isObject)
      .findFirst()
      .orElseThrow();
  }

  private JsonNode golden(String step) {
    var file = "%s-%s.json".formatted(setUp.path("wire").asText(), step);
    return CostsTest.read(GOLDENS.resolve(file)).path("body");
  }

  private double charactersOf(String kind) {
    return figures.path("charactersPerToken").path(kind).asDouble();
  }
}
