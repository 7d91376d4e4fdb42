package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.event.Delivery;
import dev.billstep.event.DeliveryLost;
import dev.billstep.event.Event;
import dev.billstep.event.Outbox;
import dev.billstep.event.Settlement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@code OutboxEvent} rows behind Supabase; the fencing is that of the SQL functions. */
public final class SupabaseOutbox implements Outbox {

  private final SupabaseClient supabase;

  public SupabaseOutbox(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public List<Delivery> take(int limit, Duration hold) {
    var token = UUID.randomUUID().toString();
    return supabase
      .call(
        "take_events",
        Map.of("p_token", token, "p_limit", limit, "p_seconds", hold.toSeconds())
      )
      .valueStream()
      .map(row -> delivery(row, token))
      .toList();
  }

  private static Delivery delivery(JsonNode row, String token) {
    var event = new Event(
      UUID.fromString(row.path("id").asText()),
      row.path("type").asText(),
      OffsetDateTime.parse(row.path("happened_at").asText()).toInstant(),
      row.path("data")
    );
    var takenBy = row
      .path("taken_by")
      .valueStream()
      .map(JsonNode::asText)
      .collect(Collectors.toUnmodifiableSet());
    return new Delivery(event, token, row.path("attempts").asInt(), takenBy);
  }

  @Override
  public void settle(Delivery delivery, Settlement settlement) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("p_id", delivery.event().id());
    arguments.put("p_token", delivery.token());
    arguments.put("p_taken_by", settlement.takenBy());
    switch (settlement) {
      case Settlement.Sent sent -> arguments.put("p_outcome", "sent");
      case Settlement.Unwanted unwanted -> arguments.put("p_outcome", "unwanted");
      case Settlement.Later later -> {
        arguments.put("p_failure", later.failure());
        arguments.put("p_retry_seconds", later.after().toSeconds());
      }
      case Settlement.GivenUp givenUp -> {
        arguments.put("p_outcome", "given_up");
        arguments.put("p_failure", givenUp.failure());
      }
    }
    try {
      supabase.call("settle_event", arguments);
    } catch (SupabaseRefused refused) {
      throw SqlState.CLAIM_LOST.equals(refused.code())
        ? new DeliveryLost(delivery.event().id())
        : refused;
    }
  }
}
