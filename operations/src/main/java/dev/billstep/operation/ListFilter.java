package dev.billstep.operation;

import dev.billstep.doctype.DocType;
import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which jobs are in a list: those that fit all that is given.
 *
 * @param text of which each word, or one that begins so, stands on one of its pages or in its file's
 *     name, as {@link DocSearch} finds it; empty for all
 * @param type that one of its pages has
 * @param since they were made then or later
 * @param until they were made before
 * @param jobs these alone; empty for all
 */
public record ListFilter(
  String text,
  Optional<JobStatus> status,
  Optional<DocType> type,
  Optional<UserId> user,
  Optional<Instant> since,
  Optional<Instant> until,
  Optional<Which> which,
  List<JobId> jobs
) {
  /** What one of its pages is. */
  public enum Which {
    /** Nobody has decided about it. */
    TO_REVIEW,
    /** Somebody should look at it. */
    FLAGGED,
    APPROVED,
    /** It is of a document that was uploaded before. */
    DUPLICATE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As the SQL functions take it ({@code prisma/functions/listing_condition.sql}). */
  public Map<String, Object> toStore() {
    var stored = new HashMap<String, Object>();
    if (!text.isBlank()) {
      stored.put("text", text);
    }
    status.ifPresent(wanted -> stored.put("status", wanted.toString()));
    type.ifPresent(wanted -> stored.put("type", wanted.label()));
    user.ifPresent(wanted -> stored.put("user", wanted.toString()));
    since.ifPresent(wanted -> stored.put("since", wanted.toString()));
    until.ifPresent(wanted -> stored.put("until", wanted.toString()));
    which.ifPresent(wanted -> stored.put("which", wanted.toString()));
    if (!jobs.isEmpty()) {
      stored.put("jobs", jobs.stream().map(JobId::toString).toList());
    }
    return stored;
  }
}
