package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.settings.SettingInvalid;
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

  @Override
  public List<StoredSchema> schemas() {
    return supabase
      .select("DocTypeSchema", "doc_type.asc,version.asc", Map.of())
      .stream()
      .map(row -> new StoredSchema(schema(row), row.path("active").asBoolean()))
      .toList();
  }

  private static DocTypeSchema schema(JsonNode row) {
    var label = row.path("doc_type").asText();
    var type = DocType.ofLabel(label).orElseThrow(() ->
      new SettingInvalid("DocTypeSchema", "there is no doc type \"%s\"".formatted(label))
    );
    return new DocTypeSchema(
      type,
      row.path("version").asInt(),
      row.path("schema"),
      new Prompt(row.path("prompt_version").asText(), row.path("prompt").asText())
    );
  }
}
