package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.DocType;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Settings for unit tests. */
public final class SettingsSamples {

  public static final ModelSettings MODEL = new ModelSettings("scripted", "one");
  public static final Prompt CLASSIFY = new Prompt("classify-1", "What is it?");
  public static final SplitLimits LIMITS = new SplitLimits(1_000_000, 5, 4_000_000, 100);

  public static final Map<DocType, DocTypeSchema> SCHEMAS = Map.of(
    DocType.BILL,
    schema(DocType.BILL, 1),
    DocType.EWAY_BILL,
    schema(DocType.EWAY_BILL, 1),
    DocType.UNKNOWN,
    schema(DocType.UNKNOWN, 1)
  );

  private SettingsSamples() {}

  public static JobSettings settings() {
    return new JobSettings(MODEL, CLASSIFY, 4, LIMITS, SCHEMAS);
  }

  /** Fields that must have a {@code text}. */
  public static DocTypeSchema schema(DocType type, int version) {
    var schema = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}
    }""";
    return new DocTypeSchema(
      type,
      version,
      Json.read(schema.getBytes(StandardCharsets.UTF_8), JsonNode.class),
      new Prompt(type.label() + "-" + version, "Read it.")
    );
  }
}
