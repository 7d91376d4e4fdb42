package dev.billstep.storage;

import dev.billstep.job.JobId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which job a key belongs to: that of a page, a record, or an upload. */
final class JobKeys {

  private static final String UUID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
  private static final Pattern PAGES = Pattern.compile("jobs/" + UUID + "/.+");
  private static final Pattern UPLOADS = Pattern.compile(
    "uploads/[0-9a-f-]{36}/" + UUID + "/[^/]+"
  );

  private JobKeys() {}

  /** The job; empty for a key that is none of ours. */
  static Optional<JobId> job(String key) {
    for (var pattern : new Pattern[] { PAGES, UPLOADS }) {
      var match = pattern.matcher(key);
      if (match.matches()) {
        return Optional.of(JobId.of(match.group(1)));
      }
    }
    return Optional.empty();
  }
}
