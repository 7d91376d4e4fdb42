package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PageModels;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.SettingsService;
import dev.billstep.settings.SettingsStore;
import dev.billstep.settings.SettingsStore.StoredSchema;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseSettingsStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** What new jobs of a stack are told to do: its settings, and what they said before. */
public final class StackSettings {

  private static final String TABLE = "Settings";

  /** Asked what their providers can do, and nothing that takes a key. */
  private static final PageModels MODELS = new PageModels(
    ServiceLoader.load(PageModelProvider.class).stream().map(ServiceLoader.Provider::get).toList(),
    new NoKeys()
  );

  private final SupabaseClient supabase;

  public StackSettings(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  /** All rows, by key. */
  public List<JsonNode> all() {
    return supabase.select(TABLE, "key.asc", Map.of());
  }

  /**
   * One row.
   *
   * @throws OperationRefused where there is no such setting
   */
  public JsonNode get(String key) {
    return supabase
      .selectOne(TABLE, Map.of("key", "eq." + key))
      .orElseThrow(() ->
        new OperationRefused(
          Reason.NOT_FOUND,
          "There is no setting \"%s\". To list them all: billstep settings get".formatted(key)
        )
      );
  }

  /** What a setting said before, in the order in which it was replaced. */
  public List<JsonNode> history(String key) {
    get(key);
    return supabase.select(
      "SettingsRevision",
      "replaced_at.asc,id.asc",
      Map.of("key", "eq." + key)
    );
  }

  /**
   * Changes a setting.
   *
   * @throws OperationRefused where there is no such setting
   * @throws SettingInvalid where nothing could be done with the value; nothing is changed then
   */
  public void set(String key, JsonNode value) {
    get(key);
    var changed = new SettingsService(new Changed(key, value), InstantSource.system());
    changed.check();
    if (changed.current().mayWait()) {
      MODELS.batches(changed.current().model());
    }
    supabase.upsert(TABLE, Map.of("key", key, "value", value));
  }

  /** Of whom nobody is asked anything. */
  private static final class NoKeys implements ModelKeys {

    @Override
    public String key(String name) {
      throw new SettingInvalid("model", "its key is not looked at here");
    }

    @Override
    public String renewed(String name) {
      return key(name);
    }
  }

  /** The settings as they would be. */
  private final class Changed implements SettingsStore {

    private final SettingsStore now = new SupabaseSettingsStore(supabase);
    private final String key;
    private final JsonNode value;

    Changed(String key, JsonNode value) {
      this.key = key;
      this.value = value;
    }

    @Override
    public Map<String, JsonNode> settings() {
      var settings = new HashMap<>(now.settings());
      settings.put(key, value);
      return settings;
    }

    @Override
    public List<StoredSchema> schemas() {
      return now.schemas();
    }
  }
}
