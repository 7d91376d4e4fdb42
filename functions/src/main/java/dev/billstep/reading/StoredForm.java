package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fields in the form in which they are stored, however a model has written them: dates ISO 8601,
 * amounts plain decimals, GSTINs in capitals, e-way bill numbers digits alone, nothing blank. What
 * can't be told from its form alone stays as it is, for the schema to refuse.
 *
 * @param asGiven by the JSON pointer of each field whose form was changed, what the model wrote
 */
record StoredForm(JsonNode fields, Map<String, String> asGiven) {
  private static final Pattern AMOUNT_ALONE = Pattern.compile(
    "(?:Rs\\.?|INR|₹)?\\s*-?\\s*\\d[\\d,]*(?:\\.\\d{1,2})?\\s*(?:/-)?",
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern TWELVE_DIGITS = Pattern.compile("\\d{12}");

  static StoredForm of(DocTypeSchema schema, JsonNode fields) {
    var walk = new Walk(schema.schema());
    var stored = walk.stored(schema.schema(), fields, "");
    return new StoredForm(stored, Map.copyOf(walk.asGiven));
  }

  /** Goes through schema and fields side by side. */
  private static final class Walk {

    private final JsonNode root;
    private final Map<String, String> asGiven = new TreeMap<>();

    Walk(JsonNode root) {
      this.root = root;
    }

    JsonNode stored(JsonNode type, JsonNode value, String path) {
      var resolved = resolved(type);
      return switch (value) {
        case ObjectNode object -> object(resolved, object, path);
        case ArrayNode array -> array(resolved.path("items"), array, path);
        default -> noted(value, leaf(resolved, value, path), path);
      };
    }

    private ObjectNode object(JsonNode type, ObjectNode object, String path) {
      var stored = Json.mapper().createObjectNode();
      object
        .properties()
        .forEach(field ->
          stored.set(
            field.getKey(),
            stored(
              type.path("properties").path(field.getKey()),
              field.getValue(),
              path + "/" + field.getKey()
            )
          )
        );
      return stored;
    }

    private ArrayNode array(JsonNode items, ArrayNode array, String path) {
      var stored = Json.mapper().createArrayNode();
      for (int index = 0; index < array.size(); index++) {
        stored.add(stored(items, array.get(index), path + "/" + index));
      }
      return stored;
    }

    private JsonNode noted(JsonNode given, JsonNode stored, String path) {
      if (!given.equals(stored)) {
        asGiven.put(path, given.asText());
      }
      return stored;
    }

    private JsonNode resolved(JsonNode type) {
      var reference = type.path("$ref").asText();
      return reference.startsWith("#") ? root.at(reference.substring(1)) : type;
    }
  }

  private static JsonNode leaf(JsonNode type, JsonNode value, String path) {
    if (value.isNumber() && takes(type, "string") && !takes(type, "number")) {
      return TextNode.valueOf(value.asText()); // A number of a document that is digits alone.
    }
    if (!value.isTextual()) {
      return value;
    }
    var text = value.asText().strip();
    if (text.isEmpty() && takes(type, "null")) {
      return NullNode.instance;
    }
    if (takes(type, "number")) {
      return AMOUNT_ALONE.matcher(text).matches()
        ? IndianNotation.amount(text).<JsonNode>map(DecimalNode::valueOf).orElse(value)
        : value;
    }
    return type.has("pattern")
      ? inPattern(type.path("pattern").asText(), text)
      : TextNode.valueOf(named(path.substring(path.lastIndexOf('/') + 1), text));
  }

  /** Dates are the fields that have a pattern; the first form that it takes is theirs. */
  private static JsonNode inPattern(String pattern, String text) {
    return Stream.of(Optional.of(text), IndianNotation.moment(text), IndianNotation.date(text))
      .flatMap(Optional::stream)
      .filter(form -> form.matches(pattern))
      .findFirst()
      .map(TextNode::valueOf)
      .orElseGet(() -> TextNode.valueOf(text));
  }

  private static String named(String name, String text) {
    var joined = text.replaceAll("[\\s-]", "");
    return switch (name) {
      case "gstin", "generated_by_gstin", "vehicle_number" -> joined.toUpperCase(Locale.ROOT);
      case "eway_bill_number" -> TWELVE_DIGITS.matcher(joined).matches() ? joined : text;
      default -> text;
    };
  }

  private static boolean takes(JsonNode type, String wanted) {
    var types = type.path("type");
    return types.isArray()
      ? types.valueStream().anyMatch(each -> each.asText().equals(wanted))
      : types.asText().equals(wanted);
  }
}
