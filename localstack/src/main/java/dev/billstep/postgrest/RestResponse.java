package dev.billstep.postgrest;

import java.util.Map;

/**
 * An answer.
 *
 * @param body JSON; empty for no content
 */
record RestResponse(int status, Map<String, String> headers, String body) {
  static RestResponse ok(String json) {
    return new RestResponse(200, Map.of(), json);
  }

  static RestResponse noContent(int status) {
    return new RestResponse(status, Map.of(), "");
  }
}
