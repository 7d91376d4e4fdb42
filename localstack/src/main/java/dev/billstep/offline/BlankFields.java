package dev.billstep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import dev.billstep.settings.DocTypeSchema;
import java.math.BigDecimal;
import java.util.Optional;

/** Fields of a schema to be filled in: null, empty lists, and objects of such, until they are. */
final class BlankFields {

  private final JsonNode schema;

  BlankFields(DocTypeSchema schema) {
    this.schema = schema.schema();
  }

  /** The whole document's fields. */
  ObjectNode document() {
    return object(schema);
  }

  /** One item of a list of the document. */
  ObjectNode item(String list) {
    return object(resolved(schema.path("properties").path(list).path("items")));
  }

  private ObjectNode object(JsonNode type) {
    var object = Json.mapper().createObjectNode();
    type
      .path("properties")
      .properties()
      .forEach(property -> object.set(property.getKey(), blank(resolved(property.getValue()))));
    return object;
  }

  private JsonNode blank(JsonNode type) {
    return switch (type.path("type").asText()) {
      case "object" -> object(type);
      case "array" -> Json.mapper().createArrayNode();
      default -> NullNode.instance; // A list of types has null among them.
    };
  }

  private JsonNode resolved(JsonNode type) {
    var reference = type.path("$ref").asText();
    return reference.startsWith("#") ? schema.at(reference.substring(1)) : type;
  }

  static void put(ObjectNode fields, String name, Optional<String> value) {
    value.ifPresent(text -> fields.put(name, text));
  }

  static void putAmount(ObjectNode fields, String name, Optional<BigDecimal> value) {
    value.ifPresent(amount -> fields.put(name, amount));
  }
}
