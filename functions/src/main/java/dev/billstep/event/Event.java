package dev.billstep.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.UUID;

/**
 * That a job has ended, or what was decided of a page.
 *
 * @param id the same at every attempt: receivers know repeats by it
 * @param type such as {@code doc.approved}
 * @param data ids, counts and states; nothing of what stands on a page
 */
public record Event(UUID id, String type, Instant happenedAt, JsonNode data) {
  /** The type of one that tells of nothing, by which somebody sees whether events arrive. */
  public static final String TEST = "webhook.test";

  public boolean isTest() {
    return type.equals(TEST);
  }

  /** As every receiver gets it, byte for byte the same at every attempt. */
  public byte[] json() {
    var told = new LinkedHashMap<String, Object>();
    told.put("id", id);
    told.put("type", type);
    told.put("timestamp", happenedAt);
    told.put("data", data);
    return Json.bytes(told);
  }
}
