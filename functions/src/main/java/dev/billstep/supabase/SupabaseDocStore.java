package dev.billstep.supabase;

import dev.billstep.doc.Doc;
import dev.billstep.doc.DocStore;
import dev.billstep.job.JobRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code Doc} rows behind Supabase; the transaction is the SQL function {@code persist_docs}. */
public final class SupabaseDocStore implements DocStore {

  private final SupabaseClient supabase;

  public SupabaseDocStore(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public void persist(JobRun run, List<Doc> docs) {
    var rows = docs.stream().map(SupabaseDocStore::row).toList();
    FencedCall.make(supabase, run, "persist_docs", Map.of("p_docs", rows));
  }

  private static Map<String, Object> row(Doc doc) {
    var row = new LinkedHashMap<String, Object>();
    row.put("page_number", doc.pageNumber());
    row.put("doc_type", doc.docType());
    row.put("status", doc.status());
    row.put("ocr_payload", doc.ocrPayload());
    row.put("storage_uri", doc.storageUri());
    row.put("schema_version", doc.schemaVersion());
    row.put("model_id", doc.modelId());
    row.put("prompt_version", doc.promptVersion());
    row.put("confidence", doc.confidence());
    return row;
  }
}
