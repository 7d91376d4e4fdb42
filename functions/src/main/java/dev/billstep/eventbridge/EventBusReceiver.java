package dev.billstep.eventbridge;

import dev.billstep.event.Event;
import dev.billstep.event.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The stack's own bus: whoever adds a rule to it gets what matches. */
public final class EventBusReceiver implements Receiver {

  /** What rules match on, beside the event's type as {@code detail-type}. */
  public static final String SOURCE = "billstep";

  /** Of one call with its repetitions. */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private final EventBridgeClient bridge;
  private final String bus;

  /**
   * Tells nobody yet.
   *
   * @param bus its name or ARN
   */
  public EventBusReceiver(EventBridgeClient bridge, String bus) {
    this.bridge = bridge;
    this.bus = bus;
  }

  @Override
  public String name() {
    return "bus";
  }

  @Override
  public Answer tell(Event event) {
    var entry = PutEventsRequestEntry.builder()
      .eventBusName(bus)
      .source(SOURCE)
      .detailType(event.type())
      .detail(new String(event.json(), StandardCharsets.UTF_8))
      .time(event.happenedAt())
      .build();
    try {
      var result = bridge
        .putEvents(put -> put.entries(entry))
        .entries()
        .getFirst();
      return result.errorCode() == null
        ? new Answer.Taken()
        : new Answer.NotTaken(
            "EventBridge refused it: %s (%s).".formatted(result.errorMessage(), result.errorCode())
          );
    } catch (SdkException e) {
      return new Answer.NotTaken("EventBridge did not take it: %s".formatted(e.getMessage()));
    }
  }
}
