package dev.billstep.postgrest;

import java.util.Map;

/**
 * An answer.
 *
 * @param body JSON; empty for no content
 */
record RestAnswer(int status, Map<String, String> headers, String body) {
  static RestAnswer ok(String json) {
    return new RestAnswer(200, Map.of(), json);
  }

  static RestAnswer noContent(int status) {
    return new RestAnswer(status, Map.of(), "");
  }
}
