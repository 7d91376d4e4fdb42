package dev.billstep.supabase;

import dev.billstep.job.JobId;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.UnansweredCalls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ModelCall} rows behind Supabase. */
public final class SupabaseCallLedger implements CallLedger, UnansweredCalls {

  private final SupabaseClient supabase;

  public SupabaseCallLedger(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public void record(JobId jobId, List<ModelCall> calls) {
    supabase.call(
      "record_calls",
      Map.of("p_job_id", jobId, "p_calls", calls.stream().map(SupabaseCallLedger::row).toList())
    );
  }

  @Override
  public Tally about(JobId jobId, String step, List<Integer> pages, String modelId) {
    var tally = supabase.call(
      "unanswered_calls",
      Map.of("p_job_id", jobId, "p_step", step, "p_pages", pages, "p_model_id", modelId)
    );
    return new Tally(tally.path("unanswered").asInt(), tally.path("answered_others").asInt());
  }

  private static Map<String, Object> row(ModelCall call) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", call.id());
    row.put("attempt", call.attempt());
    row.put("step", call.step());
    row.put("pages", call.pages());
    row.put("model_id", call.modelId());
    row.put("prompt_version", call.promptVersion());
    row.put("outcome", call.outcome());
    row.put("request_id", call.requestId());
    row.put("input_tokens", call.inputTokens());
    row.put("output_tokens", call.outputTokens());
    row.put("cost_usd", call.costUsd());
    row.put("elapsed_ms", call.elapsedMs());
    row.put("batch", call.batch());
    return row;
  }
}
