package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.billstep.doctype.DocTypeSchema;
import java.util.List;

/** Holds fields against the JSON Schema (2020-12) of their doc type. */
final class SchemaValidation {

  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
    SpecificationVersion.DRAFT_2020_12
  );

  private SchemaValidation() {}

  /** What does not fit, each with the place in the fields; empty where all fits. */
  static List<String> problems(DocTypeSchema schema, JsonNode fields) {
    return REGISTRY.getSchema(schema.schema())
      .validate(fields)
      .stream()
      .map(error -> "%s: %s".formatted(error.getInstanceLocation(), error.getMessage()))
      .toList();
  }
}
