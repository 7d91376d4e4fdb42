package dev.billstep.storage;

import dev.billstep.job.JobId;

/** Where things are below a store's root: the same for every kind of store. */
public final class PageKeys {

  /** What the key of all that is made of an upload begins with. */
  public static final String PREFIX = "jobs/";

  private PageKeys() {}

  static String page(JobId jobId, int pageNumber) {
    return PREFIX + "%s/page-%d.png".formatted(jobId, pageNumber);
  }

  static String record(JobId jobId, String name) {
    return PREFIX + "%s/%s.json".formatted(jobId, name);
  }
}
