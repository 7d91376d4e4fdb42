package dev.billstep.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.json.Json;

/** The JSON in a model's answer, whatever it has put around it. */
final class JsonInText {

  private JsonInText() {}

  /** The JSON object of an answer; the text itself where there is none. */
  static JsonNode of(String text) {
    int first = text.indexOf('{');
    int last = text.lastIndexOf('}');
    if (first >= 0 && last > first) {
      try {
        return Json.mapper().readTree(text.substring(first, last + 1));
      } catch (JsonProcessingException e) {
        return TextNode.valueOf(text);
      }
    }
    return TextNode.valueOf(text);
  }
}
