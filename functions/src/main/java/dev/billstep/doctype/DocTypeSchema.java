package dev.billstep.doctype;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A version of a doc type's schema, with the prompt that asks for it.
 *
 * @param schema JSON Schema 2020-12 of the fields to read
 */
public record DocTypeSchema(DocType docType, int version, JsonNode schema, Prompt prompt) {}
