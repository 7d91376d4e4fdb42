package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a project, as far as whoever asks may see them, and the functions that they may call. */
public interface Rows {
  /**
   * Calls a function that may be called twice with one effect.
   *
   * @param arguments by parameter name
   * @return what it returns; a JSON null for nothing
   * @throws SupabaseRefused when the function or PostgREST refuses
   * @throws SupabaseUnavailable when there is no answer
   */
  JsonNode call(String function, Map<String, ?> arguments);

  /**
   * Selects rows, all of them: PostgREST gives no more than its own limit at a time.
   *
   * @param order columns that tell rows apart together, with {@code .asc} or {@code .desc}
   * @param filters PostgREST's query parameters, such as {@code id=eq.…}
   */
  List<JsonNode> select(String table, String order, Map<String, String> filters);

  /**
   * Selects the first rows alone.
   *
   * @param count of rows at most, and no more than PostgREST gives at a time
   */
  List<JsonNode> selectFirst(String table, String order, Map<String, String> filters, int count);

  /** Selects the one row that the filters leave; empty where they leave none. */
  Optional<JsonNode> selectOne(String table, Map<String, String> filters);
}
