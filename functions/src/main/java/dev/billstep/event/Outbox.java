package dev.billstep.event;

import java.time.Duration;
import java.util.List;

/**
 * Port: the events that were written with what they tell of, until they are sent. Whoever takes one has it
 * to themselves for a while; one whose call has died is taken by another.
 */
public interface Outbox {
  /**
   * Takes the next that are due.
   *
   * @param hold how long nobody else is given them
   */
  List<Delivery> take(int limit, Duration hold);

  /**
   * Notes how it went.
   *
   * @throws DeliveryLost when another call has it by now, or somebody has asked for it to be sent again
   */
  void settle(Delivery delivery, Settlement settlement);
}
