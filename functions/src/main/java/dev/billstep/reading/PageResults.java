package dev.billstep.reading;

import dev.billstep.doctype.DocType;
import dev.billstep.job.JobId;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.settings.JobSettings;
import java.util.Optional;

/** The stored results of pages. */
public final class PageResults {

  private final PageStore store;

  public PageResults(PageStore store) {
    this.store = store;
  }

  /** What a page was taken for, where it is classified, or a person has said what it is. */
  public Optional<Classification> classification(JobId jobId, PageRef page, JobSettings settings) {
    return settings
      .typeOf(page.sha256())
      .map(Classification::byPerson)
      .or(() -> Classification.find(store, jobId, ResultAddress.classification(page, settings)));
  }

  /** What was read from a page, where it is read as that type. */
  public Optional<Reading> reading(JobId jobId, PageRef page, DocType type, JobSettings settings) {
    return Reading.find(
      store,
      jobId,
      ResultAddress.reading(page, settings, settings.schemaOf(type))
    );
  }
}
