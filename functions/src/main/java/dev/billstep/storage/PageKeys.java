package dev.billstep.storage;

import dev.billstep.job.JobId;

/** Where things are below a store's root: the same for every kind of store. */
final class PageKeys {

  private PageKeys() {}

  static String page(JobId jobId, int pageNumber) {
    return "jobs/%s/page-%d.png".formatted(jobId, pageNumber);
  }

  static String record(JobId jobId, String name) {
    return "jobs/%s/%s.json".formatted(jobId, name);
  }
}
