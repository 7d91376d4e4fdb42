package dev.billstep.chat;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.json.Json;
import java.util.List;

/**
 * The JSON in a model's answer, whatever it has put around it.
 *
 * @param json the object; the text itself where there is none
 * @param problems of what was written, where the object can't show them
 */
record JsonInText(JsonNode json, List<String> problems) {
  private static final ObjectReader LENIENT = Json.mapper().reader();
  private static final ObjectReader STRICT = LENIENT.with(
    StreamReadFeature.STRICT_DUPLICATE_DETECTION
  );

  static JsonInText of(String text) {
    int first = text.indexOf('{');
    int last = text.lastIndexOf('}');
    return first >= 0 && last > first
      ? ofObject(text.substring(first, last + 1), text)
      : new JsonInText(TextNode.valueOf(text), List.of());
  }

  private static JsonInText ofObject(String object, String text) {
    try {
      return new JsonInText(STRICT.readTree(object), List.of());
    } catch (JsonProcessingException e) {
      return ofProblem(e, object, text);
    }
  }

  /** Of a field that is given twice the second value counts, and the model is asked again. */
  private static JsonInText ofProblem(JsonProcessingException e, String object, String text) {
    try {
      return new JsonInText(LENIENT.readTree(object), List.of(given(e)));
    } catch (JsonProcessingException noJson) {
      return new JsonInText(TextNode.valueOf(text), List.of());
    }
  }

  private static String given(JsonProcessingException twice) {
    return twice instanceof JsonParseException strict && strict.getProcessor() != null
      ? "%s: this field is given more than once".formatted(
          strict.getProcessor().getParsingContext().pathAsPointer()
        )
      : "a field is given more than once";
  }
}
