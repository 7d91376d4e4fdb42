package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.event.Event;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.settings.WebhookAddress;
import dev.billstep.stack.DeployedStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a stack has told, or is to tell, of its jobs and pages. */
public final class OutboxEvents {

  private static final String TABLE = "OutboxEvent";

  private final DeployedStack stack;

  public OutboxEvents(DeployedStack stack) {
    this.stack = stack;
  }

  /** Which events. */
  public enum Which {
    /** That a receiver does not have: they wait for another attempt, or were given up. */
    FAILED,
    ALL,
  }

  /** The newest first, as the database has them. */
  public List<JsonNode> newest(Which which, int count) {
    var filters = new LinkedHashMap<String, String>();
    if (which == Which.FAILED) {
      filters.put("failure", "neq."); // What everybody has, has none.
    }
    return stack.supabase().selectFirst(TABLE, "happened_at.desc,id.asc", filters, count);
  }

  /**
   * Sends an event that tells of nothing, to see whether it arrives. It is tried once.
   *
   * @return the event, after its first attempt
   * @throws OperationRefused where there is nobody to tell
   */
  public JsonNode test() {
    var webhook = new StackSettings(stack.supabase()).get(WebhookAddress.KEY).path("value");
    if (webhook.asText().equals(WebhookAddress.NONE)) {
      throw new OperationRefused(
        Reason.NOT_NOW,
        "No webhook is set. Set one first: billstep settings set webhook https://…"
      );
    }
    var id = UUID.randomUUID();
    stack.supabase().insert(TABLE, Map.of("id", id, "type", Event.TEST, "data", Map.of()));
    send();
    return event(id);
  }

  private JsonNode event(UUID id) {
    return stack
      .supabase()
      .selectOne(TABLE, Map.of("id", "eq." + id))
      .orElseThrow(() ->
        new OperationRefused(Reason.NOT_FOUND, "There is no event %s.".formatted(id))
      );
  }

  /**
   * Sends one again, whatever has become of it.
   *
   * @return the event, after the attempt
   * @throws OperationRefused where there is no such event
   */
  public JsonNode retry(UUID id) {
    event(id);
    retry(Optional.of(id));
    send();
    return event(id);
  }

  /**
   * Sends again what was given up and what waits for another attempt; says how many there were.
   */
  public int retryAll() {
    int count = retry(Optional.empty());
    if (count > 0) {
      send();
    }
    return count;
  }

  private int retry(Optional<UUID> id) {
    var arguments = new LinkedHashMap<String, Object>();
    id.ifPresent(one -> arguments.put("p_id", one));
    return stack.supabase().call("retry_events", arguments).asInt();
  }

  /** By the stack's own function, which does so every minute: it knows the secret and may reach others. */
  private void send() {
    new StackFunction(stack, stack.outputs().sendEvents()).call(
      Map.of(),
      "The events could not be sent"
    );
  }
}
