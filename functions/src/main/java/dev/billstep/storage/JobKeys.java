package dev.billstep.storage;

import dev.billstep.job.JobId;
import dev.billstep.job.UploadKey;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which job a key belongs to: that of a page, a record, or an upload. */
final class JobKeys {

  private static final Pattern PAGES = Pattern.compile(
    PageKeys.PREFIX + "(%s)/.+".formatted(JobId.FORM)
  );

  private JobKeys() {}

  /** The job; empty for a key that is none of ours. */
  static Optional<JobId> job(String key) {
    var page = PAGES.matcher(key);
    return page.matches()
      ? Optional.of(JobId.of(page.group(1)))
      : UploadKey.find(key).map(UploadKey::jobId);
  }
}
