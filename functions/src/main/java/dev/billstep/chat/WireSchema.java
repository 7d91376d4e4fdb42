package dev.billstep.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a model is asked for, made of the schema that its answer is held to. Every provider constrains
 * answers by another subset of JSON Schema; this is what all of them take: objects whose fields are all
 * required and in the order in which they are read, lists, and text as it is printed, empty where there
 * is none. Numbers, dates and what is absent are made of that text afterwards ({@link
 * dev.billstep.reading.CheckedAnswer}).
 *
 * <p>Refused elsewhere are: {@code pattern}, {@code maxLength} and {@code maxItems} (OpenAI, "Structured
 * outputs", "Supported schemas"; Anthropic, "Structured outputs", "JSON Schema limitations"; Ollama's
 * grammars take no {@code \d}), more than 16 unions (Anthropic), and large bounds (Gemini API,
 * "Structured output").
 */
final class WireSchema {

  private static final String YES = "yes";
  private static final String NO = "no";
  private static final String ABSENT = "";

  /** One that refers to itself is asked for as text from there on. */
  private static final int DEEPEST = 10;

  private final JsonNode whole;

  private WireSchema(JsonNode whole) {
    this.whole = whole;
  }

  static JsonNode of(JsonNode schema) {
    return new WireSchema(schema).type(schema, 0);
  }

  private JsonNode type(JsonNode type, int depth) {
    var resolved = resolved(type);
    var wire = Json.mapper().createObjectNode();
    if (depth < DEEPEST && resolved.path("properties").isObject()) {
      object(resolved, wire, depth);
    } else if (depth < DEEPEST && resolved.path("items").isObject()) {
      wire.put("type", "array");
      wire.set("items", type(resolved.path("items"), depth + 1));
    } else {
      leaf(resolved, wire);
    }
    var description = type.path("description");
    if (description.isTextual()) {
      wire.set("description", description);
    }
    return wire;
  }

  private void object(JsonNode type, ObjectNode wire, int depth) {
    wire.put("type", "object");
    var properties = wire.putObject("properties");
    var required = Json.mapper().createArrayNode();
    inReadingOrder(type).forEach(field -> {
      properties.set(field.getKey(), type(field.getValue(), depth + 1));
      required.add(field.getKey());
    });
    wire.set("required", required);
    wire.put("additionalProperties", false);
  }

  /** PostgreSQL's {@code jsonb} sorts the keys of an object; a list stays as it was written. */
  private static List<Map.Entry<String, JsonNode>> inReadingOrder(JsonNode type) {
    var written = type.path("required").valueStream().map(JsonNode::asText).toList();
    return type
      .path("properties")
      .propertyStream()
      .sorted(
        Comparator.comparingInt(field -> {
          int place = written.indexOf(field.getKey());
          return place < 0 ? written.size() : place;
        })
      )
      .toList();
  }

  private static void leaf(JsonNode type, ObjectNode wire) {
    wire.put("type", "string");
    if (type.path("enum").isArray()) {
      wire.set("enum", choices(type.path("enum")));
    } else if (isBoolean(type.path("type"))) {
      wire.putArray("enum").add(YES).add(NO).add(ABSENT);
    }
  }

  private static ArrayNode choices(JsonNode values) {
    var choices = Json.mapper().createArrayNode();
    values.forEach(value -> choices.add(value.isNull() ? ABSENT : value.asText()));
    return choices;
  }

  private static boolean isBoolean(JsonNode types) {
    return types.isArray()
      ? types.valueStream().anyMatch(each -> each.asText().equals("boolean"))
      : types.asText().equals("boolean");
  }

  private JsonNode resolved(JsonNode type) {
    var reference = type.path("$ref").asText();
    return reference.startsWith("#") ? whole.at(reference.substring(1)) : type;
  }
}
