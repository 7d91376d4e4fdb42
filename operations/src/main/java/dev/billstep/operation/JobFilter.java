package dev.billstep.operation;

import dev.billstep.job.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which jobs are meant: those that fit all that is given.
 *
 * @param since they were made then or later
 */
public record JobFilter(
  Optional<JobStatus> status,
  Optional<UserId> user,
  Optional<Instant> since
) {
  public static final JobFilter ALL = new JobFilter(
    Optional.empty(),
    Optional.empty(),
    Optional.empty()
  );

  /** As PostgREST's query parameters. */
  Map<String, String> parameters() {
    var parameters = new HashMap<String, String>();
    status.ifPresent(wanted -> parameters.put("status", "eq." + wanted));
    user.ifPresent(wanted -> parameters.put("user_id", "eq." + wanted));
    since.ifPresent(wanted -> parameters.put("created_at", "gte." + wanted));
    return parameters;
  }
}
