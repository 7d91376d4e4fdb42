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

  /** What a page was taken for, where it is classified. */
  public Optional<Classification> classification(JobId jobId, PageRef page, JobSettings settings) {
    return Classification.find(store, jobId, ResultAddress.classification(page, settings));
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
