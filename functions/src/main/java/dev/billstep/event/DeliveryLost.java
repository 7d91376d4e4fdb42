package dev.billstep.event;

import dev.billstep.failure.PermanentFailure;
import java.util.UUID;

/** Another call sends the event by now: this one has taken longer than it may. */
public final class DeliveryLost extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public DeliveryLost(UUID event) {
    super("Another call sends the event %s by now: this one took too long.".formatted(event));
  }
}
