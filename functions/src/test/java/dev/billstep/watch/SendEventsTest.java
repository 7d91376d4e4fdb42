package dev.billstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.event.Attempts;
import dev.billstep.event.Delivery;
import dev.billstep.event.DeliveryLost;
import dev.billstep.event.Event;
import dev.billstep.event.Outbox;
import dev.billstep.event.Receiver;
import dev.billstep.event.Receiver.Answer;
import dev.billstep.event.Settlement;
import dev.billstep.json.Json;
import dev.billstep.watch.SendEvents.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SendEventsTest {

  private final Deque<Delivery> due = new ArrayDeque<>();
  private final Map<UUID, Settlement> settled = new ConcurrentHashMap<>();
  private final List<Receiver> receivers = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-25T10:00:00Z");
  private boolean isLost;

  private final SendEvents sending = new SendEvents(
    new InMemory(),
    () -> receivers,
    new Attempts(new Random(7)),
    () -> now
  );

  private Delivery due(int attempt, String... takenBy) {
    var event = new Event(UUID.randomUUID(), "job.processed", now, Json.read("{}"));
    var delivery = new Delivery(event, "token", attempt, Set.of(takenBy));
    due.add(delivery);
    return delivery;
  }

  private Settlement settled(Delivery delivery) {
    return Objects.requireNonNull(settled.get(delivery.event().id()));
  }

  private static Answer no(Event event) {
    return new Answer.NotTaken("No.");
  }

  private static Answer yes(Event event) {
    return new Answer.Taken();
  }

  private To to(String name, Function<Event, Answer> answer) {
    var receiver = new To(name, new CopyOnWriteArrayList<>(), answer);
    receivers.add(receiver);
    return receiver;
  }

  @Test
  void aTestIsTriedOnceAndCountsAsNoneThatWasLost() {
    to("webhook", SendEventsTest::no);
    var test = new Delivery(
      new Event(UUID.randomUUID(), Event.TEST, now, Json.read("{}")),
      "token",
      1,
      Set.of()
    );
    due.add(test);
    assertThat(sending.send()).isEqualTo(new Told(0, 0, 0, 0));
    assertThat(settled(test)).isEqualTo(new Settlement.GivenUp(Set.of(), "No."));
  }

  @Test
  void everyReceiverIsToldOnceAndTheEventIsSent() {
    var bus = to("bus", SendEventsTest::yes);
    var webhook = to("webhook", SendEventsTest::yes);
    var delivery = due(1);
    assertThat(sending.send()).isEqualTo(new Told(1, 0, 0, 0));
    assertThat(settled(delivery)).isEqualTo(new Settlement.Sent(Set.of("bus", "webhook")));
    assertThat(bus.told()).containsExactly(delivery.event());
    assertThat(webhook.told()).containsExactly(delivery.event());
  }

  @Test
  void whereNobodyWantsToKnowNothingIsTriedAgain() {
    var delivery = due(1);
    assertThat(sending.send()).isEqualTo(new Told(0, 0, 0, 1));
    assertThat(settled(delivery)).isEqualTo(new Settlement.Unwanted());
  }

  @Test
  void oneThatFailsIsTriedAgainAndTheOtherIsNotToldTwice() {
    var bus = to("bus", SendEventsTest::yes);
    to("webhook", SendEventsTest::no);
    var delivery = due(1);
    sending.send();
    assertThat(settled(delivery)).isInstanceOfSatisfying(Settlement.Later.class, later -> {
      assertThat(later.takenBy()).containsExactly("bus");
      assertThat(later.failure()).isEqualTo("No.");
      assertThat(later.after()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
    });
    due(2, "bus");
    sending.send();
    assertThat(bus.told()).hasSize(1);
  }

  @Test
  void afterTheLastAttemptItIsGivenUp() {
    to("webhook", SendEventsTest::no);
    var delivery = due(Attempts.MOST);
    assertThat(sending.send()).isEqualTo(new Told(0, 0, 1, 0));
    assertThat(settled(delivery)).isEqualTo(new Settlement.GivenUp(Set.of(), "No."));
  }

  @Test
  void whoWantsNoMoreIsNotToldAgain() {
    to("webhook", event -> new Answer.NotWanted("Gone."));
    var delivery = due(1);
    sending.send();
    assertThat(settled(delivery)).isEqualTo(new Settlement.GivenUp(Set.of(), "Gone."));
  }

  /** Each time its call died. */
  @Test
  void whatNeverCameToAnEndIsGivenUpUnsent() {
    var webhook = to("webhook", SendEventsTest::yes);
    var delivery = due(Attempts.MOST + 1);
    sending.send();
    assertThat(webhook.told()).isEmpty();
    assertThat(settled(delivery)).isInstanceOf(Settlement.GivenUp.class);
  }

  @Test
  void itGoesOnUntilNothingIsDueOrItsTimeIsOver() {
    to("webhook", SendEventsTest::yes);
    for (int each = 0; each < 50; each++) {
      due(1);
    }
    assertThat(sending.send().sent()).isEqualTo(50);
    receivers.clear();
    to("slow", event -> {
      now = now.plusSeconds(60);
      return yes(event);
    });
    for (int each = 0; each < 50; each++) {
      due(1);
    }
    assertThat(sending.send().sent()).isEqualTo(20);
  }

  @Test
  void anEventThatAnotherCallHasByNowIsItsAffair() {
    to("webhook", SendEventsTest::yes);
    due(1);
    isLost = true;
    assertThat(sending.send()).isEqualTo(new Told(0, 0, 0, 0));
  }

  private record To(
    String name,
    List<Event> told,
    Function<Event, Answer> answer
  ) implements Receiver {
    @Override
    public Answer tell(Event event) {
      told.add(event);
      return answer.apply(event);
    }
  }

  private final class InMemory implements Outbox {

    @Override
    public List<Delivery> take(int limit, Duration hold) {
      var taken = new ArrayList<Delivery>();
      while (!due.isEmpty() && taken.size() < limit) {
        taken.add(due.removeFirst());
      }
      return taken;
    }

    @Override
    public void settle(Delivery delivery, Settlement settlement) {
      if (isLost) {
        throw new DeliveryLost(delivery.event().id());
      }
      settled.put(delivery.event().id(), settlement);
    }
  }
}
