package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.DocType;
import dev.billstep.settings.FailurePolicy.OnPageFailure;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Settings for unit tests. */
public final class SettingsSamples {

  public static final ModelSettings MODEL = ModelSettings.of("scripted", "one");
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

  public static final FailurePolicy POLICY = new FailurePolicy(OnPageFailure.CONTINUE, 0.5);
  public static final Concurrency CONCURRENCY = new Concurrency(4, 4);
  public static final WaitingSettings WAITING = new WaitingSettings(60, 900, 24);

  private SettingsSamples() {}

  public static JobSettings settings() {
    return with(MODEL, POLICY);
  }

  public static JobSettings with(ModelSettings model, FailurePolicy policy) {
    return with(model, policy, 4, LIMITS);
  }

  public static JobSettings with(int batchSize, SplitLimits limits) {
    return with(MODEL, POLICY, batchSize, limits);
  }

  private static JobSettings with(
    ModelSettings model,
    FailurePolicy policy,
    int batchSize,
    SplitLimits limits
  ) {
    return new JobSettings(
      model,
      CLASSIFY,
      batchSize,
      limits,
      SCHEMAS,
      policy,
      CONCURRENCY,
      WAITING,
      Map.of("scripted/one", new Price(new BigDecimal("3"), new BigDecimal("15"))),
      Optional.empty()
    );
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
