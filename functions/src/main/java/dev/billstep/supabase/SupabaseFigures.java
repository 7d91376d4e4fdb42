package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Supplier;

/** What there is to count, as the database has it at the moment of asking. */
public final class SupabaseFigures implements Supplier<JsonNode> {

  private final SupabaseClient supabase;

  public SupabaseFigures(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public JsonNode get() {
    return supabase.call("operating_figures", Map.of());
  }
}
