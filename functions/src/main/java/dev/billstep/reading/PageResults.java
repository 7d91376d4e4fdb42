package dev.billstep.reading;

import dev.billstep.job.JobId;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.settings.JobSettings;

/** The stored results of pages. */
public final class PageResults {

  private final PageStore store;

  public PageResults(PageStore store) {
    this.store = store;
  }

  /**
   * What a page was taken for.
   *
   * @throws BlobMissing when the page has not been classified
   */
  public Classification classification(JobId jobId, PageRef page, JobSettings settings) {
    var address = ResultAddress.classification(page, settings);
    return Classification.find(store, jobId, address).orElseThrow(() ->
      new BlobMissing(address.name())
    );
  }

  /**
   * What was read from a page.
   *
   * @throws BlobMissing when the page has not been read as that type
   */
  public Reading reading(JobId jobId, PageRef page, DocType type, JobSettings settings) {
    var address = ResultAddress.reading(page, settings, settings.schemaOf(type));
    return Reading.find(store, jobId, address).orElseThrow(() -> new BlobMissing(address.name()));
  }
}
