package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocTypeSchema;
import java.util.List;
import java.util.Map;

/** Port: the settings and schema tables. */
public interface SettingsStore {
  /** All settings by key. */
  Map<String, JsonNode> settings();

  /** Every version of every doc type's schema. */
  List<StoredSchema> schemas();

  /**
   * A row of the schema table.
   *
   * @param active whether new jobs are read by it
   */
  record StoredSchema(DocTypeSchema schema, boolean active) {}
}
