package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.page.ImageReferences;
import java.util.List;
import java.util.Map;

/** What {@code Doc} and {@code DocRevision} rows name, behind Supabase. */
public final class SupabaseImageReferences implements ImageReferences {

  private final SupabaseClient supabase;

  public SupabaseImageReferences(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public List<String> unreferenced(List<String> keys) {
    return supabase
      .call("unreferenced_images", Map.of("p_keys", keys))
      .valueStream()
      .map(JsonNode::asText)
      .toList();
  }
}
