package dev.billstep.reading;

import dev.billstep.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A job's questions that are with its provider.
 *
 * @param model that is asked
 * @param asked tells all the questions from any others, those among them that are yet to be sent
 * @param sentAt when the first of them was
 */
public record SentQuestions(
  ModelSettings model,
  String asked,
  Instant sentAt,
  List<Batch> batches
) {
  private static final Duration LATE = BatchInterface.LONGEST.plusHours(1);

  /** Until then a run waits for answers. */
  public static final Duration LATEST = BatchInterface.LONGEST.plusHours(2);

  /** Whether a provider that keeps its word would have answered: then it is stopped, and gives what it has. */
  public boolean isLate(Instant now) {
    return now.isAfter(sentAt.plus(LATE));
  }

  /** Whether there is no more use in waiting. */
  public boolean isLost(Instant now) {
    return now.isAfter(sentAt.plus(LATEST));
  }

  /** Whether all answers are there that will be. */
  public boolean isOver() {
    return batches.stream().allMatch(Batch::isOver);
  }

  /** The batches that are yet to be answered. */
  public List<Batch> open() {
    return batches
      .stream()
      .filter(batch -> !batch.isOver())
      .toList();
  }

  /** The ids of all that was sent. */
  public List<String> ids() {
    return batches
      .stream()
      .flatMap(batch -> batch.ids().stream())
      .toList();
  }

  /** With one more. */
  public SentQuestions with(Batch more) {
    var all = new ArrayList<>(batches);
    all.add(more);
    return new SentQuestions(model, asked, sentAt, List.copyOf(all));
  }

  /** With one of them over. */
  public SentQuestions without(Batch over) {
    return new SentQuestions(
      model,
      asked,
      sentAt,
      batches
        .stream()
        .map(batch -> batch.equals(over) ? new Batch(batch.name(), batch.ids(), true) : batch)
        .toList()
    );
  }

  /**
   * Questions that were sent together.
   *
   * @param name the provider's
   * @param ids in their order
   * @param isOver whether its answers are kept
   */
  public record Batch(String name, List<String> ids, boolean isOver) {}
}
