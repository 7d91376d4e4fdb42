package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.json.Json;
import dev.billstep.reading.SentQuestionStore;
import dev.billstep.reading.SentQuestions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code JobThread.sent_questions} behind Supabase. */
public final class SupabaseSentQuestions implements SentQuestionStore {

  private final SupabaseClient supabase;

  public SupabaseSentQuestions(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public Optional<SentQuestions> of(JobId jobId) {
    return supabase
      .selectOne("JobThread", Map.of("select", "sent_questions", "id", "eq." + jobId))
      .map(row -> row.path("sent_questions"))
      .filter(JsonNode::isObject)
      .map(SupabaseSentQuestions::sent);
  }

  @Override
  public void keep(JobRun run, SentQuestions sent, Duration lease) {
    FencedCall.make(
      supabase,
      run,
      "keep_sent_questions",
      Map.of("p_sent", sent, "p_sent_at", sent.sentAt(), "p_lease_seconds", lease.toSeconds())
    );
  }

  @Override
  public void settle(JobRun run) {
    FencedCall.make(supabase, run, "settle_sent_questions", Map.of());
  }

  @Override
  public List<Abandoned> abandoned(int limit) {
    return supabase
      .call("abandoned_questions", Map.of("p_limit", limit))
      .valueStream()
      .map(row -> new Abandoned(JobId.of(row.path("job_id").asText()), sent(row.path("sent"))))
      .toList();
  }

  @Override
  public void forget(Abandoned abandoned) {
    supabase.call(
      "forget_questions",
      Map.of("p_job_id", abandoned.jobId(), "p_sent", abandoned.sent())
    );
  }

  private static SentQuestions sent(JsonNode json) {
    return Json.mapper().convertValue(json, SentQuestions.class);
  }
}
