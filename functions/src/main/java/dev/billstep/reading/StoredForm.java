package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.json.Json;
import dev.billstep.text.StorableText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fields in the form in which they are stored, however a model has written them: dates ISO 8601,
 * amounts plain decimals, GSTINs in capitals, e-way bill numbers digits alone, nothing blank. What
 * can't be told from its form alone stays as it is, for the schema to refuse.
 *
 * @param asGiven by the JSON pointer of each field whose form was changed, what the model wrote
 * @param problems of what has no form in which it can be stored, each with its place
 */
record StoredForm(JsonNode fields, Map<String, String> asGiven, List<String> problems) {
  /** {@code Rs. 1,23,456.00/-}, {@code 18%}, {@code 3.500}, {@code (12.00)} of a credit. */
  private static final Pattern NUMBER = Pattern.compile(
    "(?:Rs\\.?|INR|₹)?\\s*+([-(]?)\\s*+(\\d[\\d,]*+(?:\\.\\d{1,6})?)\\s*+(?:%|/-|\\))?",
    Pattern.CASE_INSENSITIVE
  );

  /** What a column has where it has no number. */
  private static final Pattern NO_NUMBER = Pattern.compile(
    "[-–—]{1,3}|nil|n/?a",
    Pattern.CASE_INSENSITIVE
  );
  private static final Set<String> YES = Set.of("yes", "y", "true");
  private static final Set<String> NO = Set.of("no", "n", "false");

  /** What is longer is neither an amount nor a date, and is held against no pattern. */
  private static final int LONGEST_AMOUNT_OR_DATE = 64;

  static StoredForm of(DocTypeSchema schema, JsonNode fields) {
    var walk = new Walk(schema);
    var stored = walk.stored(schema.schema(), fields, "");
    return new StoredForm(stored, Map.copyOf(walk.asGiven), List.copyOf(walk.problems));
  }

  /** Goes through schema and fields side by side. */
  private static final class Walk {

    private final DocTypeSchema schema;
    private final Map<String, String> asGiven = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    Walk(DocTypeSchema schema) {
      this.schema = schema;
    }

    JsonNode stored(JsonNode type, JsonNode value, String path) {
      var resolved = schema.resolved(type);
      return switch (value) {
        case ObjectNode object -> object(resolved, object, path);
        case ArrayNode array -> array(resolved.path("items"), array, path);
        case NumericNode number -> number(resolved, number, path);
        default -> noted(value, leaf(resolved, value, path), path);
      };
    }

    /** Where none of its fields is on the page, a part that may be missing is. */
    private JsonNode object(JsonNode type, ObjectNode object, String path) {
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
      boolean isMissing =
        takes(type, "null") && stored.propertyStream().allMatch(field -> field.getValue().isNull());
      return isMissing ? NullNode.instance : stored;
    }

    private ArrayNode array(JsonNode items, ArrayNode array, String path) {
      var stored = Json.mapper().createArrayNode();
      for (int index = 0; index < array.size(); index++) {
        stored.add(stored(items, array.get(index), path + "/" + index));
      }
      return stored;
    }

    /** One that is too large is kept as text, which no schema takes for a number. */
    private JsonNode number(JsonNode type, NumericNode number, String path) {
      var stored = StoredNumber.of(number);
      if (stored.isEmpty()) {
        problems.add("%s: the number %s is too large".formatted(path, number.asText()));
        return TextNode.valueOf(number.asText());
      }
      if (takes(type, "string") && !takes(type, "number")) {
        // A number of a document that is digits alone.
        return noted(number, TextNode.valueOf(stored.get().toPlainString()), path);
      }
      return number.isIntegralNumber() ? number : DecimalNode.valueOf(stored.get());
    }

    private JsonNode noted(JsonNode given, JsonNode stored, String path) {
      if (!given.equals(stored)) {
        asGiven.put(path, given.asText());
      }
      return stored;
    }
  }

  private static JsonNode leaf(JsonNode type, JsonNode value, String path) {
    if (!value.isTextual()) {
      return value;
    }
    var text = StorableText.of(value.asText()).strip();
    if (takes(type, "null") && (text.isEmpty() || text.equals("null"))) {
      return NullNode.instance;
    }
    if (takes(type, "number")) {
      return number(type, text).orElse(value);
    }
    if (takes(type, "boolean")) {
      return yesOrNo(text).orElse(value);
    }
    return type.has("pattern")
      ? inPattern(type.path("pattern").asText(), text)
      : TextNode.valueOf(named(path.substring(path.lastIndexOf('/') + 1), text));
  }

  private static Optional<JsonNode> number(JsonNode type, String text) {
    if (text.length() > LONGEST_AMOUNT_OR_DATE) {
      return Optional.empty();
    }
    if (takes(type, "null") && NO_NUMBER.matcher(text).matches()) {
      return Optional.of(NullNode.instance);
    }
    var number = NUMBER.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    var value = new BigDecimal(number.group(2).replace(",", ""));
    return StoredNumber.of(number.group(1).isEmpty() ? value : value.negate()).map(
      DecimalNode::valueOf
    );
  }

  private static Optional<JsonNode> yesOrNo(String text) {
    var word = text.toLowerCase(Locale.ROOT);
    return YES.contains(word) || NO.contains(word)
      ? Optional.of(BooleanNode.valueOf(YES.contains(word)))
      : Optional.empty();
  }

  /** Dates are the fields that have a pattern; the first form that it takes is theirs. */
  private static JsonNode inPattern(String pattern, String text) {
    if (text.length() > LONGEST_AMOUNT_OR_DATE) {
      return TextNode.valueOf(text);
    }
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
      case "eway_bill_number" -> EwayBillChecks.NUMBER.matcher(joined).matches() ? joined : text;
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
