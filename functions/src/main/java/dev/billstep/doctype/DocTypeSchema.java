package dev.billstep.doctype;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A version of a doc type's schema, with the prompt that asks for it.
 *
 * @param schema JSON Schema 2020-12 of the fields to read
 */
public record DocTypeSchema(DocType docType, int version, JsonNode schema, Prompt prompt) {
  /** A type within the schema, or what it refers to: {@code {"$ref": "#/$defs/party"}}. */
  public JsonNode resolved(JsonNode type) {
    var reference = type.path("$ref").asText();
    return reference.startsWith("#") ? schema.at(reference.substring(1)) : type;
  }
}
