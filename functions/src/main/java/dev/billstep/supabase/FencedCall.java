package dev.billstep.supabase;

import dev.billstep.job.ClaimLost;
import dev.billstep.job.JobRun;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call under a run's fencing token, which the database refuses once the token is stale. */
final class FencedCall {

  private FencedCall() {}

  /**
   * Calls a function that takes a job and its token.
   *
   * @throws ClaimLost when a newer run has taken the job over
   */
  static void make(SupabaseClient supabase, JobRun run, String function, Map<String, ?> arguments) {
    var fenced = new LinkedHashMap<String, Object>(arguments);
    fenced.put("p_job_id", run.jobId());
    fenced.put("p_token", run.token());
    try {
      supabase.call(function, fenced);
    } catch (SupabaseRefused refused) {
      throw SqlState.CLAIM_LOST.equals(refused.code())
        ? new ClaimLost(run.jobId(), run.token())
        : refused;
    }
  }
}
