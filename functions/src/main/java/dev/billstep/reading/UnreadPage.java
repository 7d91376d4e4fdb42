package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobRun;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import java.util.List;
import java.util.Optional;

/**
 * Why a page of a run could not be read. Of that run alone: the next one tries the page again.
 *
 * @param page from 1
 * @param error the failure's name
 * @param sentence for the user
 * @param rejected what the model gave, where it gave what does not fit
 */
public record UnreadPage(int page, String error, String sentence, Optional<Rejected> rejected) {
  /**
   * An answer that does not fit the schema, for whoever wants to know what the model said.
   *
   * @param problems each with its place in the fields
   */
  public record Rejected(JsonNode fields, String text, List<String> problems) {
    /** Keeps it for the page of this run. */
    public void store(PageStore store, JobRun run, int page) {
      store.storeRecord(run.jobId(), name(run, page), Json.bytes(this));
    }

    public static Optional<Rejected> find(PageStore store, JobRun run, int page) {
      return store
        .findRecord(run.jobId(), name(run, page))
        .map(json -> Json.read(json, Rejected.class));
    }

    private static String name(JobRun run, int page) {
      return "attempt-%d/page-%d.rejected".formatted(run.attempt(), page);
    }
  }

  /** Writes it down for this run. */
  public void store(PageStore store, JobRun run) {
    store.storeRecord(run.jobId(), name(run, page), Json.bytes(this));
  }

  /** Why the page could not be read in this run, if that was so. */
  public static Optional<UnreadPage> find(PageStore store, JobRun run, int page) {
    return store
      .findRecord(run.jobId(), name(run, page))
      .map(json -> Json.read(json, UnreadPage.class));
  }

  private static String name(JobRun run, int page) {
    return "attempt-%d/page-%d.unread".formatted(run.attempt(), page);
  }
}
