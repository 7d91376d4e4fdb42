package dev.billstep.supabase;

import dev.billstep.doc.Doc;
import dev.billstep.doc.DocStore;
import dev.billstep.job.JobRun;
import dev.billstep.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code Doc} rows behind Supabase. One transaction, the SQL function {@code persist_docs}, makes
 * them visible; rows beyond a request's size are put aside before, by {@code stage_docs}.
 */
public final class SupabaseDocStore implements DocStore {

  private final SupabaseClient supabase;
  private final int requestBytes;

  public SupabaseDocStore(SupabaseClient supabase, SupabaseLimits limits) {
    this.supabase = supabase;
    this.requestBytes = limits.requestBytes();
  }

  @Override
  public void persist(JobRun run, List<Doc> docs, Ending ending) {
    var part = new ArrayList<Doc>();
    int bytes = 0;
    for (var doc : docs) {
      int size = Json.bytes(doc).length;
      if (bytes + size > requestBytes && !part.isEmpty()) {
        FencedCall.make(supabase, run, "stage_docs", Map.of("p_docs", part));
        part.clear();
        bytes = 0;
      }
      part.add(doc);
      bytes += size;
    }
    FencedCall.make(supabase, run, "persist_docs", arguments(part, ending));
  }

  private static Map<String, Object> arguments(List<Doc> docs, Ending ending) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("p_docs", docs);
    arguments.put("p_partial", ending.isPartial());
    arguments.put("p_cache_hits", ending.cacheHits());
    ending.message().ifPresent(message -> arguments.put("p_error_message", message));
    ending.error().ifPresent(error -> {
      arguments.put("p_error", error.name());
      arguments.put("p_error_message", error.sentence());
    });
    return arguments;
  }
}
