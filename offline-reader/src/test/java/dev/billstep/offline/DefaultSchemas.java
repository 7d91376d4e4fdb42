package dev.billstep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schemas that a new database has. */
final class DefaultSchemas {

  private static final Path DOC_TYPES = Path.of("../prisma/doctypes");

  private DefaultSchemas() {}

  static DocTypeSchema bill() {
    return schema(DocType.BILL);
  }

  static DocTypeSchema ewayBill() {
    return schema(DocType.EWAY_BILL);
  }

  static DocTypeSchema unknown() {
    return schema(DocType.UNKNOWN);
  }

  /** No fields at all. */
  static JsonNode none() {
    return Json.mapper().createObjectNode();
  }

  private static DocTypeSchema schema(DocType type) {
    try {
      var file = DOC_TYPES.resolve(type.label()).resolve("v1.schema.json");
      var schema = Json.read(Files.readAllBytes(file), JsonNode.class);
      return new DocTypeSchema(type, 1, schema, new Prompt("1", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
