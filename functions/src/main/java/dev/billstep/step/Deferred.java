package dev.billstep.step;

import dev.billstep.reading.SentQuestions;
import dev.billstep.settings.WaitingSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * How a run goes on whose questions may wait.
 *
 * @param outcome {@code waiting} for what is with the provider, or {@code answered}: there is all that
 *     there will be, and the pages are read from it
 * @param waitSeconds until the answers are looked for
 */
public record Deferred(String outcome, long waitSeconds) {
  static final Deferred ANSWERED = new Deferred("answered", 0);

  static Deferred waiting(SentQuestions sent, WaitingSettings waiting, Instant now) {
    var next = waiting.nextLook(Duration.between(sent.sentAt(), now));
    return new Deferred("waiting", next.toSeconds());
  }
}
