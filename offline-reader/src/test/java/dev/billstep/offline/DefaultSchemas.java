package dev.billstep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.DocType;
import dev.billstep.settings.DocTypeSchema;
import dev.billstep.settings.Prompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The schemas that the migrations bring, read out of them. */
final class DefaultSchemas {

  private static final Path MIGRATION = Path.of(
    "../prisma/migrations/20260101000300_default_settings/migration.sql"
  );

  private DefaultSchemas() {}

  static DocTypeSchema bill() {
    return schema(DocType.BILL);
  }

  static DocTypeSchema ewayBill() {
    return schema(DocType.EWAY_BILL);
  }

  private static DocTypeSchema schema(DocType type) {
    var row = Pattern.compile(
      "\\('%s', 1, true.*?\\$schema\\$(.*?)\\$schema\\$".formatted(type.label()),
      Pattern.DOTALL
    );
    try {
      var found = row.matcher(Files.readString(MIGRATION));
      if (!found.find()) {
        throw new AssertionError("no schema for " + type);
      }
      var schema = Json.read(found.group(1).getBytes(StandardCharsets.UTF_8), JsonNode.class);
      return new DocTypeSchema(type, 1, schema, new Prompt("1", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
