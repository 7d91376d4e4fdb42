package dev.billstep.supabase;

import dev.billstep.job.JobId;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.ModelCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ModelCall} rows behind Supabase. */
public final class SupabaseCallLedger implements CallLedger {

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
    return row;
  }
}
