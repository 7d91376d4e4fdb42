package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.watch.SweepLost;
import dev.billstep.watch.SweepRounds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code SweepRound} rows behind Supabase; the fencing is that of the SQL functions. */
public final class SupabaseSweepRounds implements SweepRounds {

  private final SupabaseClient supabase;

  public SupabaseSweepRounds(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public Optional<Held> hold(String sweep, Duration atMost, Duration rest) {
    var token = UUID.randomUUID().toString();
    var answer = supabase.call(
      "hold_sweep",
      Map.of(
        "p_sweep",
        sweep,
        "p_token",
        token,
        "p_seconds",
        atMost.toSeconds(),
        "p_rest_seconds",
        rest.toSeconds()
      )
    );
    return Optional.of(answer)
      .filter(JsonNode::isObject)
      .map(held ->
        new Held(sweep, token, place(held), Duration.ofSeconds(held.path("age_seconds").asLong()))
      );
  }

  private static Optional<Place> place(JsonNode held) {
    return Optional.of(held.path("place"))
      .filter(JsonNode::isObject)
      .map(place -> Json.mapper().convertValue(place, Place.class));
  }

  @Override
  public void move(Held held, Place place) {
    call("move_sweep", held, Map.of("p_place", place));
  }

  @Override
  public void leave(Held held, boolean isFinished) {
    call("leave_sweep", held, Map.of("p_is_finished", isFinished));
  }

  private void call(String function, Held held, Map<String, ?> change) {
    var arguments = new LinkedHashMap<String, Object>(change);
    arguments.put("p_sweep", held.sweep());
    arguments.put("p_token", held.token());
    try {
      supabase.call(function, arguments);
    } catch (SupabaseRefused refused) {
      throw SqlState.CLAIM_LOST.equals(refused.code()) ? new SweepLost(held.sweep()) : refused;
    }
  }
}
