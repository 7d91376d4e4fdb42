package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Port: the settings and schema tables. */
public interface SettingsStore {
  /** All settings by key. */
  Map<String, JsonNode> settings();

  /** The active schema of each doc type. */
  List<DocTypeSchema> activeSchemas();
}
