package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.billstep.doctype.DocType;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.supabase.Rows;
import dev.billstep.supabase.SupabaseClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is read from each doc type, by version. A version never changes: a new one is added. */
public final class DocTypeSchemas {

  private static final String TABLE = "DocTypeSchema";

  private final SupabaseClient supabase;

  public DocTypeSchemas(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  /** All rows, by doc type and version. */
  public List<JsonNode> all() {
    return supabase.select(TABLE, "doc_type.asc,version.asc", Map.of());
  }

  /**
   * One version's row; the active one's, where none is named.
   *
   * @throws OperationRefused where there is none
   */
  public JsonNode get(DocType type, Optional<Integer> version) {
    return get(supabase, type, version);
  }

  /**
   * The same to whoever may see it.
   *
   * @throws OperationRefused where there is none
   */
  public static JsonNode get(Rows rows, DocType type, Optional<Integer> version) {
    var wanted = version
      .map(number -> Map.of("doc_type", "eq." + type.label(), "version", "eq." + number))
      .orElseGet(() -> Map.of("doc_type", "eq." + type.label(), "active", "eq.true"));
    return rows
      .selectOne(TABLE, wanted)
      .orElseThrow(() ->
        new OperationRefused(
          Reason.NOT_FOUND,
          "There is no %s of %s. To list them all: billstep schemas list".formatted(
            version.map(number -> "version " + number).orElse("active version"),
            type.label()
          )
        )
      );
  }

  /**
   * Adds a version after the newest one, which new jobs do not read by until it is activated.
   *
   * @param schema JSON Schema 2020-12 of the fields to read
   * @param prompt that asks for them; the active version's, where none is given
   * @return its number
   * @throws OperationRefused where it is not JSON Schema of an object
   */
  public int add(DocType type, JsonNode schema, Optional<String> prompt) {
    check(schema);
    var active = get(type, Optional.empty());
    int version = newest(type) + 1;
    var row = new HashMap<String, Object>();
    row.put("doc_type", type.label());
    row.put("version", version);
    row.put("schema", schema);
    row.put("prompt", prompt.orElseGet(() -> active.path("prompt").asText()));
    row.put(
      "prompt_version",
      prompt.isPresent()
        ? "%s-%d".formatted(type.label(), version)
        : active.path("prompt_version").asText()
    );
    supabase.insert(TABLE, row);
    return version;
  }

  /**
   * Uses a version for new jobs.
   *
   * @throws OperationRefused where there is none
   */
  public void activate(DocType type, int version) {
    get(type, Optional.of(version));
    supabase.call("activate_schema", Map.of("p_doc_type", type.label(), "p_version", version));
  }

  private int newest(DocType type) {
    return supabase
      .selectFirst(TABLE, "version.desc", Map.of("doc_type", "eq." + type.label()), 1)
      .getFirst()
      .path("version")
      .asInt();
  }

  /** By the schema of schemas (JSON Schema 2020-12, section 8.1.2 "Meta-Schemas"). */
  private static void check(JsonNode schema) {
    var problems = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
      .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
      .validate(schema)
      .stream()
      .map(error -> "%s: %s".formatted(error.getInstanceLocation(), error.getMessage()))
      .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw new OperationRefused(Reason.INVALID, "That is not a JSON Schema: " + problems);
    }
    if (!schema.path("type").asText().equals("object") || !schema.path("properties").isObject()) {
      throw new OperationRefused(
        Reason.INVALID,
        "What is read from a page is an object: the schema needs \"type\": \"object\" and \"properties\"."
      );
    }
  }
}
