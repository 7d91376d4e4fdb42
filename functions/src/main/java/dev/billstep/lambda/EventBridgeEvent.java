package dev.billstep.lambda;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.joda.JodaModule;
import dev.billstep.json.Json;

/** EventBridge's events by the class that AWS has for them, which keeps Joda's times. */
final class EventBridgeEvent {

  private static final JsonMapper MAPPER = Json.mapper()
    .rebuild()
    .addModule(new JodaModule())
    .addMixIn(ScheduledEvent.class, Names.class)
    .build();

  private EventBridgeEvent() {}

  /**
   * The event that JSON is.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ScheduledEvent of(JsonNode json) {
    return MAPPER.convertValue(json, ScheduledEvent.class);
  }

  /** Names that the event class leaves to Lambda's own serializer. */
  private interface Names {
    @JsonProperty("detail-type")
    void setDetailType(String detailType);
  }
}
