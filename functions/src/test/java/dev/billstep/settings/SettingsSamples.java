package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.SplitLimits;
import dev.billstep.settings.FailurePolicy.OnPageFailure;
import dev.billstep.settings.SettingsStore.StoredSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings for unit tests. */
public final class SettingsSamples {

  public static final ModelSettings MODEL = ModelSettings.of("scripted", "one");
  public static final Prompt CLASSIFY = new Prompt("classify-1", "What is it?");
  public static final SplitLimits LIMITS = new SplitLimits(1_000_000, 5, 4_000_000, 100, 5);

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

  public static final SweepSettings SWEEP = new SweepSettings(24, 1000, 15);

  public static final RetentionSettings RETENTION = new RetentionSettings(180, 400, 730, 180, 730);

  private SettingsSamples() {}

  public static JobSettings settings() {
    return with(MODEL, POLICY);
  }

  /** Of jobs whose model is asked by its provider's batch interface. */
  public static JobSettings thatMayWait(FailurePolicy policy) {
    var settings = Json.mapper().<ObjectNode>valueToTree(with(MODEL, policy));
    return Json.mapper().convertValue(settings.put("batch", true), JobSettings.class);
  }

  public static JobSettings with(ModelSettings model, FailurePolicy policy) {
    return with(model, policy, 4, LIMITS);
  }

  public static JobSettings with(int batchSize, SplitLimits limits) {
    return with(MODEL, POLICY, batchSize, limits);
  }

  /** While there is no row yet of a doc type. */
  public static JobSettings without(DocType type) {
    var schemas = new HashMap<>(SCHEMAS);
    schemas.remove(type);
    return with(MODEL, POLICY, 4, LIMITS, schemas);
  }

  private static JobSettings with(
    ModelSettings model,
    FailurePolicy policy,
    int batchSize,
    SplitLimits limits
  ) {
    return with(model, policy, batchSize, limits, SCHEMAS);
  }

  private static JobSettings with(
    ModelSettings model,
    FailurePolicy policy,
    int batchSize,
    SplitLimits limits,
    Map<DocType, DocTypeSchema> schemas
  ) {
    return new JobSettings(
      model,
      CLASSIFY,
      batchSize,
      limits,
      schemas,
      policy,
      CONCURRENCY,
      WAITING,
      Map.of("scripted/one", Price.of(new BigDecimal("3"), new BigDecimal("15"))),
      List.of(),
      Optional.empty(),
      Map.of(),
      Optional.empty()
    );
  }

  /** The rows that {@link #settings} is read from. */
  public static Map<String, JsonNode> rows() {
    var rows = new HashMap<String, JsonNode>();
    Map.of(
      "model",
      MODEL,
      "classify.prompt",
      CLASSIFY,
      "classify.batch_size",
      4,
      "split.limits",
      LIMITS,
      "failure_policy",
      POLICY,
      "concurrency",
      CONCURRENCY,
      "waiting",
      WAITING,
      "sweep",
      SWEEP,
      "retention",
      RETENTION,
      "prices",
      settings().prices()
    ).forEach((key, value) -> rows.put(key, Json.mapper().valueToTree(value)));
    return rows;
  }

  /** Version 1 of every doc type, and a version 2 of bills that is not active. */
  public static List<StoredSchema> storedSchemas() {
    var active = SCHEMAS.values()
      .stream()
      .map(schema -> new StoredSchema(schema, true));
    var next = new StoredSchema(schema(DocType.BILL, 2), false);
    return Stream.concat(active, Stream.of(next)).toList();
  }

  /** A service that reads these. */
  public static SettingsService service() {
    var store = new SettingsStore() {
      @Override
      public Map<String, JsonNode> settings() {
        return rows();
      }

      @Override
      public List<StoredSchema> schemas() {
        return storedSchemas();
      }
    };
    return new SettingsService(store, InstantSource.system());
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
