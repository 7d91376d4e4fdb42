package dev.billstep.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * How long a state of an execution took.
 *
 * @param state its name in the definition
 * @param entered how often: a state in a map is entered once for each of its items
 * @param left how often it was left again; a state that failed or still goes on was not
 * @param total of all times that it was entered and left; empty while it goes on, or where it failed
 */
public record StateTimes(String state, int entered, int left, Optional<Duration> total) {
  /**
   * The states of an execution, in the order in which they were first entered.
   *
   * @return none where its history is kept no longer (90 days: AWS Step Functions developer guide,
   *     "Service quotas")
   */
  static List<StateTimes> of(SfnClient sfn, String execution) {
    var states = new LinkedHashMap<String, Times>();
    try {
      sfn
        .getExecutionHistoryPaginator(get ->
          get.executionArn(execution).includeExecutionData(false)
        )
        .events()
        .forEach(event -> note(states, event));
    } catch (ExecutionDoesNotExistException keptNoLonger) {
      return List.of();
    }
    return states.entrySet().stream().map(StateTimes::of).toList();
  }

  private static void note(Map<String, Times> states, HistoryEvent event) {
    if (event.stateEnteredEventDetails() != null) {
      states
        .computeIfAbsent(event.stateEnteredEventDetails().name(), name -> new Times())
        .entered.add(event.timestamp());
    } else if (event.stateExitedEventDetails() != null) {
      states
        .computeIfAbsent(event.stateExitedEventDetails().name(), name -> new Times())
        .left.add(event.timestamp());
    }
  }

  private static StateTimes of(Map.Entry<String, Times> state) {
    var times = state.getValue();
    int entered = times.entered.size();
    int left = times.left.size();
    // Whichever exit belongs to which entry: the sum of the differences is the same.
    return new StateTimes(
      state.getKey(),
      entered,
      left,
      entered == left
        ? Optional.of(Duration.ofMillis(sum(times.left) - sum(times.entered)))
        : Optional.empty()
    );
  }

  private static long sum(Collection<Instant> moments) {
    return moments.stream().mapToLong(Instant::toEpochMilli).sum();
  }

  private static final class Times {

    private final List<Instant> entered = new ArrayList<>();
    private final List<Instant> left = new ArrayList<>();
  }
}
