package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.job.UserId;
import dev.billstep.supabase.SupabaseClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Finds pages by what stands on them. */
public final class DocSearch {

  private final SupabaseClient supabase;

  public DocSearch(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  /**
   * What is looked for: what fits all that is given.
   *
   * @param text of which each word, or one that begins so, stands on the page or in its file's name;
   *     signs and the size of letters don't count; empty for all pages
   * @param review {@code to_review}, {@code approved} or {@code rejected}
   */
  public record Wanted(
    String text,
    Optional<DocType> type,
    Optional<String> review,
    Optional<Boolean> needsReview,
    Optional<UserId> user
  ) {}

  /**
   * Finds them, the newest first.
   *
   * @param after the last one of those that were found before, for those that follow
   * @param limit how many at most
   * @return of each page what a list of them shows
   */
  public List<JsonNode> find(Wanted wanted, Optional<JsonNode> after, int limit) {
    var arguments = new HashMap<String, Object>();
    arguments.put("p_text", wanted.text());
    wanted.type().ifPresent(type -> arguments.put("p_doc_type", type));
    wanted.review().ifPresent(review -> arguments.put("p_review", review));
    wanted.needsReview().ifPresent(flagged -> arguments.put("p_needs_review", flagged));
    wanted.user().ifPresent(user -> arguments.put("p_user_id", user));
    after.ifPresent(last -> {
      arguments.put("p_before", last.path("created_at"));
      arguments.put("p_before_id", last.path("id"));
    });
    arguments.put("p_limit", limit);
    var found = new ArrayList<JsonNode>();
    supabase.call("find_docs", arguments).forEach(found::add);
    return found;
  }
}
