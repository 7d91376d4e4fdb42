package dev.billstep.settings;

import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import dev.billstep.reading.DocType;
import java.net.URI;
import java.util.Map;

/**
 * What a run does, fixed at its claim: changing a setting never changes a run under way.
 *
 * @param classifyBatchSize pages per classification call; 1 turns batching off
 * @param schemas the active schema of every doc type
 */
public record JobSettings(
  ModelSettings model,
  Prompt classifyPrompt,
  int classifyBatchSize,
  SplitLimits limits,
  Map<DocType, DocTypeSchema> schemas
) {
  /** The snapshot that a run was given at its claim. */
  public static JobSettings load(PageStore store, URI snapshot) {
    return Json.read(store.fetch(snapshot), JobSettings.class);
  }

  public DocTypeSchema schemaOf(DocType type) {
    var schema = schemas.get(type);
    if (schema == null) {
      throw new SettingInvalid("DocTypeSchema", "no active schema for " + type.label());
    }
    return schema;
  }
}
