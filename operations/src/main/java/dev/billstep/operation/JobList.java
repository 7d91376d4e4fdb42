package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.supabase.Rows;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The jobs of a stack as people go through them: filtered, sorted, a page of them at a time. */
public final class JobList {

  private final Rows rows;

  public JobList(Rows rows) {
    this.rows = rows;
  }

  /** What jobs can be sorted by. */
  public enum Sort {
    CREATED_AT,
    FILE_NAME,
    STATUS,
    PARTY,
    NUMBER,
    DATE,
    AMOUNT,
    TO_REVIEW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An order.
   *
   * @param descending the newest, the largest, the last of the alphabet first
   */
  public record Order(Sort by, boolean descending) {}

  /**
   * A part of the list.
   *
   * @param after the place that the part before it has given
   * @param limit of jobs
   * @return {@code jobs}, and {@code next}: the place after which the others come; null where there are
   *     none
   */
  public JsonNode part(ListFilter filter, Order order, Optional<JsonNode> after, int limit) {
    var arguments = new HashMap<String, Object>();
    arguments.put("p_filter", filter.toStore());
    arguments.put("p_sort", order.by().toString());
    arguments.put("p_descending", order.descending());
    after.ifPresent(place -> arguments.put("p_after", place));
    arguments.put("p_limit", limit);
    return rows.call("list_jobs", arguments);
  }

  /** How many jobs and pages there are, and what is to be done with them. */
  public JsonNode counts(ListFilter filter) {
    return rows.call("count_listed", Map.of("p_filter", filter.toStore()));
  }

  /** Whose jobs there are: of very many users some. */
  public JsonNode users() {
    return rows.call("listed_users", Map.of());
  }

  /**
   * The pages that can be approved without a look at them.
   *
   * @return of each its {@code id}, and the {@code version} that is meant
   */
  public JsonNode approvable(ListFilter filter, int limit) {
    return rows.call("approvable_docs", Map.of("p_filter", filter.toStore(), "p_limit", limit));
  }
}
