package dev.billstep.doc;

import dev.billstep.job.JobRun;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.reading.PageResults;
import dev.billstep.settings.JobSettings;
import java.net.URI;

/** Writes a row a page, from the results that the earlier states have stored, and ends the job. */
public final class PersistDocs {

  private final PageStore store;
  private final PageResults results;
  private final DocStore docs;

  public PersistDocs(PageStore store, DocStore docs) {
    this.store = store;
    this.results = new PageResults(store);
    this.docs = docs;
  }

  /**
   * Writes the rows of a run's pages.
   *
   * @param manifest where the {@link Manifest} is
   * @return how many rows the job has now
   */
  public int persist(JobRun run, URI manifest) {
    var settings = JobSettings.load(store, run.settings());
    var rows = Manifest.load(store, manifest)
      .pages()
      .stream()
      .map(page -> doc(run, page, settings))
      .toList();
    docs.persist(run, rows);
    return rows.size();
  }

  private Doc doc(JobRun run, PageRef page, JobSettings settings) {
    var classification = results.classification(run.jobId(), page, settings);
    var reading = results.reading(run.jobId(), page, classification.type(), settings);
    return Doc.of(page, classification, reading);
  }
}
