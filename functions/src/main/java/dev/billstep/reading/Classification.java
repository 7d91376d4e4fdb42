package dev.billstep.reading;

import dev.billstep.doctype.DocType;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import java.util.Optional;

/**
 * What a model took a page for. Stored by the page's content, so it does not know the page's number.
 *
 * @param confidence from 0 to 1
 * @param modelId as in {@code Doc.model_id}
 * @param promptVersion of the classification prompt
 * @param call that it comes from
 */
public record Classification(
  DocType type,
  double confidence,
  String modelId,
  String promptVersion,
  ModelCall call
) {
  static Optional<Classification> find(PageStore store, JobId jobId, ResultAddress address) {
    return store
      .findRecord(jobId, address.name())
      .map(json -> Json.read(json, Classification.class));
  }
}
