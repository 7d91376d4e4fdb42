package dev.billstep.watch;

import dev.billstep.event.Attempts;
import dev.billstep.event.Delivery;
import dev.billstep.event.DeliveryLost;
import dev.billstep.event.Event;
import dev.billstep.event.Outbox;
import dev.billstep.event.Receiver;
import dev.billstep.event.Receiver.Answer;
import dev.billstep.event.Settlement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells whoever wants to know what has become of jobs and pages: each of them at least once, and in no
 * order. What can't be sent is tried again over days, and then given up; a test is tried once, since
 * whoever asked for it looks at what has become of it now.
 */
public final class SendEvents {

  /** Its function's limit. */
  public static final Duration LONGEST = Duration.ofMinutes(2);

  /** After which no more are taken: receivers and the database may take their time for the last ones. */
  private static final Duration WORK = Duration.ofSeconds(40);

  /** Longer than a call may take. */
  private static final Duration HOLD = Duration.ofMinutes(3);

  /** Sent at the same time. */
  private static final int AT_ONCE = 20;

  private final Outbox outbox;
  private final Supplier<List<Receiver>> receivers;
  private final Attempts attempts;
  private final InstantSource clock;

  /**
   * Sends nothing yet.
   *
   * @param receivers who is to be told, asked once a call
   */
  public SendEvents(
    Outbox outbox,
    Supplier<List<Receiver>> receivers,
    Attempts attempts,
    InstantSource clock
  ) {
    this.outbox = outbox;
    this.receivers = receivers;
    this.attempts = attempts;
    this.clock = clock;
  }

  /** Sends what is due, as much as one call may. */
  public Told send() {
    var until = clock.instant().plus(WORK);
    var wanting = receivers.get();
    var settled = new ArrayList<Settlement>();
    List<Delivery> portion;
    do {
      portion = outbox.take(AT_ONCE, HOLD);
      settled.addAll(atOnce(portion, each -> send(each, wanting)));
    } while (portion.size() == AT_ONCE && clock.instant().isBefore(until));
    return Told.of(settled);
  }

  /** A receiver that is slow holds up no other event. */
  private static List<Settlement> atOnce(
    List<Delivery> portion,
    Function<Delivery, Optional<Settlement>> sending
  ) {
    List<Future<Optional<Settlement>>> sent;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      sent = portion
        .stream()
        .map(each -> threads.submit(() -> sending.apply(each)))
        .toList();
    }
    return sent.stream().map(SendEvents::result).flatMap(Optional::stream).toList();
  }

  private static <T> T result(Future<T> done) {
    try {
      return done.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Empty where somebody else sends it by now. */
  private Optional<Settlement> send(Delivery delivery, List<Receiver> wanting) {
    var settlement = settlement(delivery, wanting);
    try {
      outbox.settle(delivery, settlement);
      return Optional.of(settlement).filter(known -> isCounted(delivery.event(), known));
    } catch (DeliveryLost lost) {
      return Optional.empty();
    }
  }

  /** With a test nothing is lost, and nobody has to be called. */
  private static boolean isCounted(Event event, Settlement settlement) {
    return !(event.isTest() && settlement instanceof Settlement.GivenUp);
  }

  private Settlement settlement(Delivery delivery, List<Receiver> wanting) {
    if (delivery.attempt() > Attempts.MOST) {
      return new Settlement.GivenUp(
        delivery.takenBy(),
        "It was begun %d times, and no attempt came to an end.".formatted(Attempts.MOST)
      );
    }
    if (wanting.isEmpty() && delivery.takenBy().isEmpty()) {
      return new Settlement.Unwanted();
    }
    var takenBy = new TreeSet<>(delivery.takenBy());
    var problems = new ArrayList<Answer>();
    for (var receiver : wanting) {
      if (!takenBy.contains(receiver.name())) {
        var answer = receiver.tell(delivery.event());
        if (answer instanceof Answer.Taken) {
          takenBy.add(receiver.name());
        } else {
          problems.add(answer);
        }
      }
    }
    return problems.isEmpty()
      ? new Settlement.Sent(takenBy)
      : afterProblems(delivery, takenBy, problems);
  }

  private Settlement afterProblems(Delivery delivery, Set<String> takenBy, List<Answer> problems) {
    var failure = problems.stream().map(SendEvents::why).collect(Collectors.joining(" "));
    if (delivery.event().isTest()) {
      return new Settlement.GivenUp(takenBy, failure);
    }
    return problems
      .stream()
      .filter(Answer.NotTaken.class::isInstance)
      .map(Answer.NotTaken.class::cast)
      .map(Answer.NotTaken::notBefore)
      .reduce(SendEvents::longer)
      .flatMap(asked -> attempts.waitAfter(delivery.attempt(), asked))
      .<Settlement>map(wait -> new Settlement.Later(takenBy, failure, wait))
      .orElseGet(() -> new Settlement.GivenUp(takenBy, failure));
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    return one.orElse(Duration.ZERO).compareTo(other.orElse(Duration.ZERO)) < 0 ? other : one;
  }

  private static String why(Answer problem) {
    return switch (problem) {
      case Answer.Taken taken -> "";
      case Answer.NotTaken notTaken -> notTaken.why();
      case Answer.NotWanted notWanted -> notWanted.why();
    };
  }

  /**
   * What was done.
   *
   * @param sent that everybody has now
   * @param later that are tried again
   * @param unwanted that there was nobody to tell
   */
  public record Told(int sent, int later, int givenUp, int unwanted) {
    private static Told of(List<Settlement> settled) {
      return new Told(
        count(settled, Settlement.Sent.class),
        count(settled, Settlement.Later.class),
        count(settled, Settlement.GivenUp.class),
        count(settled, Settlement.Unwanted.class)
      );
    }

    private static int count(List<Settlement> settled, Class<? extends Settlement> kind) {
      return Math.toIntExact(settled.stream().filter(kind::isInstance).count());
    }
  }
}
