package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.settings.SettingsStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The {@code Settings} and {@code DocTypeSchema} tables behind Supabase. */
public final class SupabaseSettingsStore implements SettingsStore {

  private final SupabaseClient supabase;

  public SupabaseSettingsStore(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public Map<String, JsonNode> settings() {
    return supabase
      .select("Settings", "key.asc", Map.of("select", "key,value"))
      .stream()
      .collect(Collectors.toMap(row -> row.path("key").asText(), row -> row.path("value")));
  }

  /** Rows of a type that this release does not know are a later one's: its rows may come before it. */
  @Override
  public List<StoredSchema> schemas() {
    return supabase
      .select("DocTypeSchema", "doc_type.asc,version.asc", Map.of())
      .stream()
      .flatMap(row ->
        DocType.ofLabel(row.path("doc_type").asText())
          .map(type -> new StoredSchema(schema(type, row), row.path("active").asBoolean()))
          .stream()
      )
      .toList();
  }

  private static DocTypeSchema schema(DocType type, JsonNode row) {
    return new DocTypeSchema(
      type,
      row.path("version").asInt(),
      row.path("schema"),
      new Prompt(row.path("prompt_version").asText(), row.path("prompt").asText())
    );
  }
}
