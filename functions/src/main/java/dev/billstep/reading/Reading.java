package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What was read from a page. Stored by the page's content, so it does not know the page's number. What
 * the checks have to say of it is worked out when its row is written: a new check reaches old answers.
 *
 * @param fields satisfy version {@code schemaVersion} of the doc type's JSON Schema
 * @param printed by JSON pointer, how fields, rows of tables and values in them are printed, and where
 * @param text the page's text as the model saw it, for audit; empty where the model gives none
 * @param doubts that the model itself has of its answer
 * @param byWords whether the model has read the page by its words alone
 * @param promptVersion of the reading prompt
 * @param calls that it comes from
 */
public record Reading(
  DocType type,
  JsonNode fields,
  SortedMap<String, PrintedValue> printed,
  String text,
  List<Finding> doubts,
  boolean byWords,
  String modelId,
  String promptVersion,
  int schemaVersion,
  List<ModelCall> calls
) {
  static Optional<Reading> find(PageStore store, JobId jobId, ResultAddress address) {
    return store.findRecord(jobId, address.name()).map(json -> Json.read(json, Reading.class));
  }
}
