package dev.billstep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.json.Json;
import java.math.BigDecimal;
import java.util.Optional;

/** Fields of a schema to be filled in: null, empty lists, and objects of such, until they are. */
final class BlankFields {

  private final DocTypeSchema schema;

  BlankFields(DocTypeSchema schema) {
    this.schema = schema;
  }

  /** The whole document's fields. */
  ObjectNode document() {
    return object(schema.schema());
  }

  /** One item of a list of the document. */
  ObjectNode item(String list) {
    return object(schema.resolved(schema.schema().path("properties").path(list).path("items")));
  }

  /** What was read, without what the schema does not ask for: rules look for more than it may. */
  JsonNode within(JsonNode read) {
    return within(read, schema.schema());
  }

  private JsonNode within(JsonNode value, JsonNode type) {
    var asked = schema.resolved(type);
    if (value instanceof ObjectNode object && asked.has("properties")) {
      var properties = asked.path("properties");
      object.properties().removeIf(each -> !properties.has(each.getKey()));
      object.properties().forEach(each -> within(each.getValue(), properties.path(each.getKey())));
    } else if (value.isArray()) {
      value.forEach(item -> within(item, asked.path("items")));
    }
    return value;
  }

  private ObjectNode object(JsonNode type) {
    var object = Json.mapper().createObjectNode();
    type
      .path("properties")
      .properties()
      .forEach(property ->
        object.set(property.getKey(), blank(schema.resolved(property.getValue())))
      );
    return object;
  }

  private JsonNode blank(JsonNode type) {
    return switch (type.path("type").asText()) {
      case "object" -> object(type);
      case "array" -> Json.mapper().createArrayNode();
      default -> NullNode.instance; // A list of types has null among them.
    };
  }

  static void put(ObjectNode fields, String name, Optional<String> value) {
    value.ifPresent(text -> fields.put(name, text));
  }

  static void putAmount(ObjectNode fields, String name, Optional<BigDecimal> value) {
    value.ifPresent(amount -> fields.put(name, amount));
  }
}
