package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.watch.History;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** History and figures behind Supabase; each portion is a transaction. */
public final class SupabaseHistory implements History {

  private final SupabaseClient supabase;

  public SupabaseHistory(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public Portion forget(Kind kind, Instant before, Optional<String> after, int limit) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("p_history", kind.name().toLowerCase(Locale.ROOT));
    arguments.put("p_before", before.toString());
    after.ifPresent(last -> arguments.put("p_after", last));
    arguments.put("p_limit", limit);
    var answer = supabase.call("sweep_history", arguments);
    return new Portion(
      Optional.of(answer.path("last")).filter(JsonNode::isTextual).map(JsonNode::asText),
      answer.path("deleted").asInt()
    );
  }

  @Override
  public int addUpFigures(int limit) {
    return supabase.call("collapse_figures", Map.of("p_limit", limit)).asInt();
  }
}
