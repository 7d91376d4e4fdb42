package dev.billstep.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rules of the <a href="https://states-language.net">Amazon States Language</a> that
 * asl-validator, which the build runs, does not hold the definition against: it asks whether a name
 * is used as a target somewhere, not from where, and looks at no field of a retrier or catcher but
 * its types.
 */
class StatesLanguageTest {

  /** The names that the language reserves (appendix A), and Step Functions' own in addition. */
  private static final Set<String> RESERVED = Set.of(
    "States.ALL",
    "States.BranchFailed",
    "States.DataLimitExceeded",
    "States.ExceedToleratedFailureThreshold",
    "States.HeartbeatTimeout",
    "States.Http.Socket",
    "States.IntrinsicFailure",
    "States.ItemReaderFailed",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.Permissions",
    "States.QueryEvaluationError",
    "States.ResultPathMatchFailure",
    "States.ResultWriterFailed",
    "States.Runtime",
    "States.TaskFailed",
    "States.Timeout"
  );

  private static final Set<String> RETRIER = Set.of(
    "ErrorEquals",
    "IntervalSeconds",
    "BackoffRate",
    "MaxAttempts",
    "MaxDelaySeconds",
    "JitterStrategy",
    "Comment"
  );

  private static final Set<String> CATCHER = Set.of("ErrorEquals", "ResultPath", "Next", "Comment");

  @Test
  void everyStateLeadsToStatesOfItsOwnMachine() {
    Definition.machines().forEach((map, machine) ->
      machine
        .path("States")
        .properties()
        .forEach(state ->
          assertThat(namesOf(machine))
            .as("the states beside %s", state.getKey())
            .containsAll(targets(state.getValue()))
        )
    );
  }

  @Test
  void everyStateIsReachedFromTheStartOfItsMachine() {
    Definition.machines().forEach((map, machine) ->
      assertThat(reached(machine)).as("reached in %s", map).isEqualTo(namesOf(machine))
    );
  }

  @Test
  void everyChoiceKnowsWhereToGoWhenNothingMatches() {
    assertThat(Definition.states()).allSatisfy((name, state) -> {
      if (state.path("Type").asText().equals("Choice")) {
        assertThat(state.has("Default")).as(name).isTrue();
      }
    });
  }

  @Test
  void whatMatchesEveryErrorStandsAloneAndLast() {
    forEachPolicies((name, policies) -> {
      for (int index = 0; index < policies.size(); index++) {
        if (errors(policies.get(index)).contains("States.ALL")) {
          assertThat(errors(policies.get(index)))
            .as(name)
            .hasSize(1);
          assertThat(index)
            .as(name)
            .isEqualTo(policies.size() - 1);
        }
      }
    });
  }

  @Test
  void noErrorIsMatchedTwiceWhereTheSecondMatchNeverComesToPass() {
    forEachPolicies((name, policies) ->
      assertThat(policies.stream().flatMap(policy -> errors(policy).stream()))
        .as(name)
        .doesNotHaveDuplicates()
    );
  }

  @Test
  void everyErrorThatBeginsAsTheLanguagesOwnIsOne() {
    forEachPolicies((name, policies) -> {
      for (var policy : policies) {
        assertThat(errors(policy)).as(name).isNotEmpty();
        assertThat(errors(policy))
          .as(name)
          .filteredOn(error -> error.startsWith("States."))
          .isSubsetOf(RESERVED);
      }
    });
  }

  @Test
  void retriersAndCatchersHaveNoFieldThatTheLanguageDoesNotKnow() {
    assertThat(Definition.states()).allSatisfy((name, state) -> {
      assertThat(fields(state.path("Retry")))
        .as(name)
        .isSubsetOf(RETRIER);
      assertThat(fields(state.path("Catch")))
        .as(name)
        .isSubsetOf(CATCHER);
    });
  }

  @Test
  void everyRetrysLongestDelayIsAboveItsFirst() {
    assertThat(Definition.states()).allSatisfy((name, state) ->
      assertThat(state.path("Retry")).allSatisfy(retry ->
        assertThat(retry.path("MaxDelaySeconds").asInt())
          .as(name)
          .isGreaterThan(retry.path("IntervalSeconds").asInt())
      )
    );
  }

  private static void forEachPolicies(BiConsumer<String, List<JsonNode>> check) {
    Definition.states().forEach((name, state) -> {
      for (var field : List.of("Retry", "Catch")) {
        check.accept(name + " " + field, state.path(field).valueStream().toList());
      }
    });
  }

  private static List<String> errors(JsonNode policy) {
    return policy.path("ErrorEquals").valueStream().map(JsonNode::asText).toList();
  }

  private static Set<String> fields(JsonNode policies) {
    return policies
      .valueStream()
      .flatMap(policy -> policy.properties().stream())
      .map(Map.Entry::getKey)
      .collect(Collectors.toSet());
  }

  private static Set<String> namesOf(JsonNode machine) {
    return machine
      .path("States")
      .properties()
      .stream()
      .map(Map.Entry::getKey)
      .collect(Collectors.toSet());
  }

  private static Set<String> reached(JsonNode machine) {
    var reached = new HashSet<String>();
    var next = new ArrayDeque<>(List.of(machine.path("StartAt").asText()));
    while (!next.isEmpty()) {
      var name = next.remove();
      if (reached.add(name)) {
        next.addAll(targets(machine.path("States").path(name)));
      }
    }
    return reached;
  }

  /** Where a state leads to by itself, by a choice, or when it fails. */
  private static Set<String> targets(JsonNode state) {
    return Stream.of(
      Stream.of(state.path("Next"), state.path("Default")),
      state
        .path("Choices")
        .valueStream()
        .map(choice -> choice.path("Next")),
      state
        .path("Catch")
        .valueStream()
        .map(caught -> caught.path("Next"))
    )
      .flatMap(each -> each)
      .filter(JsonNode::isTextual)
      .map(JsonNode::asText)
      .collect(Collectors.toSet());
  }
}
