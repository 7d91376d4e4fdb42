package dev.billstep.reading;

import dev.billstep.doctype.DocType;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import java.util.Optional;

/**
 * What a model, or a person, took a page for. Stored by the page's content, so it does not know the page's number.
 *
 * @param confidence from 0 to 1
 * @param modelId as in {@code Doc.model_id}
 * @param promptVersion of the classification prompt
 * @param call that it comes from; none of a person's word
 */
public record Classification(
  DocType type,
  double confidence,
  String modelId,
  String promptVersion,
  Optional<ModelCall> call
) {
  /** A person's word: of a page that nobody else is asked about. */
  static Classification byPerson(DocType type) {
    return new Classification(type, 1, "", "", Optional.empty());
  }

  static Optional<Classification> find(PageStore store, JobId jobId, ResultAddress address) {
    return store
      .findRecord(jobId, address.name())
      .map(json -> Json.read(json, Classification.class));
  }
}
