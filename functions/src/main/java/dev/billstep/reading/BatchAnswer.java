package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import java.util.Optional;

/**
 * What a provider's batch has answered to a page's question, until the page is read from it.
 *
 * @param batch the provider's name for it
 * @param given the answer as the provider gives it
 * @param isSpent whether it was of no use: then the model is asked anew
 */
public record BatchAnswer(String batch, JsonNode given, boolean isSpent) {
  public BatchAnswer(String batch, JsonNode given) {
    this(batch, given, false);
  }

  /** The one to a question, where there is one that can be used. */
  public static Optional<BatchAnswer> find(PageStore store, JobId jobId, ResultAddress question) {
    return store
      .findRecord(jobId, name(question.id()))
      .map(json -> Json.read(json, BatchAnswer.class))
      .filter(answer -> !answer.isSpent());
  }

  /**
   * Keeps it.
   *
   * @param id of {@link ResultAddress#id}
   */
  public void store(PageStore store, JobId jobId, String id) {
    store.storeRecord(jobId, name(id), Json.bytes(this));
  }

  /** Keeps that nothing could be made of it, for whoever asks again. */
  public void spend(PageStore store, JobId jobId, ResultAddress question) {
    new BatchAnswer(batch, given, true).store(store, jobId, question.id());
  }

  private static String name(String id) {
    return "answers/" + id;
  }
}
