package dev.billstep.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What must hold of the definition whichever engine runs it. */
class DefinitionTest {

  /** As in the source, where a class's name stands once however often it is matched on. */
  private static final Pattern CLASS_OF_OURS = Pattern.compile("dev\\.billstep\\.[\\w.$]+");

  @Test
  void theMachineAndEveryTaskEndInTime() {
    assertThat(Definition.ROOT.path("TimeoutSeconds").asInt()).isPositive();
    assertThat(Definition.tasks()).allSatisfy((name, task) ->
      assertThat(task.path("TimeoutSeconds").asInt()).as(name).isPositive()
    );
  }

  @Test
  void everyRetryBacksOffToACapWithFullJitter() {
    assertThat(Definition.tasks()).allSatisfy((name, task) -> {
      assertThat(task.path("Retry")).as(name).isNotEmpty();
      for (var retry : task.path("Retry")) {
        assertThat(retry.path("IntervalSeconds").asInt()).as(name).isPositive();
        assertThat(retry.path("BackoffRate").asDouble()).as(name).isGreaterThan(1);
        assertThat(retry.path("MaxAttempts").asInt()).as(name).isPositive();
        assertThat(retry.path("MaxDelaySeconds").asInt()).as(name).isPositive();
        assertThat(retry.path("JitterStrategy").asText()).as(name).isEqualTo("FULL");
      }
    });
  }

  /**
   * A document of many pages is read as any other; only that a batch that fails writes down why. The
   * language knows no way to name the same states twice.
   */
  @Test
  void manyPagesAreReadByTheSameStates() throws IOException {
    var few = Definition.state("ReadBatches").path("ItemProcessor").toString();
    var many = (ObjectNode) Definition.state("ReadManyBatches").path("ItemProcessor").deepCopy();
    many.withObject("/ProcessorConfig").removeAll().put("Mode", "INLINE");
    var batch = many.withObject("/States");
    batch.remove("NoteFailure");
    for (var name : List.of("ClassifyOfMany", "ReadPagesOfMany", "GiveUpBatchOfMany")) {
      var catches = (ArrayNode) batch.path(name).path("Catch");
      catches.remove(catches.size() - 1);
      if (catches.isEmpty()) {
        batch.withObject("/" + name).remove("Catch");
      }
    }
    batch.withObject("/DoOtherBatchesGoOnOfMany").put("Default", "BatchFailed");
    // Given up or read to its end, such a batch puts out nothing: see the next test.
    batch.withObject("/ReadPagesOfMany").put("End", true).remove("Next");
    batch.remove("BatchDoneOfMany");
    batch.withObject("/BatchGivenUpOfMany").put("Type", "Succeed");
    ((ObjectNode) batch.at("/DoOtherBatchesGoOnOfMany/Choices/0")).put(
      "Next",
      "BatchGivenUpOfMany"
    );
    assertThat(Definition.JSON.readTree(many.toString().replace("OfMany", ""))).isEqualTo(
      Definition.JSON.readTree(few)
    );
  }

  /**
   * The outputs of a distributed map's executions are its own, with the limit of a payload, before
   * ResultPath drops them (AWS Step Functions developer guide, "Distributed Map state").
   */
  @Test
  void aBatchOfManyPagesPutsOutNothing() {
    var states = Definition.state("ReadManyBatches").at("/ItemProcessor/States");
    var ending = states
      .properties()
      .stream()
      .filter(state -> !state.getValue().has("Next") && !state.getValue().has("Choices"))
      .filter(state -> !state.getValue().path("Type").asText().equals("Fail"))
      .toList();
    assertThat(ending)
      .isNotEmpty()
      .allSatisfy(state -> {
        assertThat(state.getValue().path("Type").asText()).isEqualTo("Pass");
        assertThat(state.getValue().path("Result")).isEqualTo(Definition.JSON.createObjectNode());
        assertThat(state.getValue().has("ResultPath")).isFalse();
      });
  }

  /** Claim, choice, split, choice; map; persist: six, and none of them for those that wait. */
  @Test
  void aJobThatWaitsForNothingEntersNoMoreStatesThanBefore() {
    var states = Definition.ROOT.path("States");
    var entered = new ArrayList<String>();
    for (var name = "Claim"; !name.isEmpty(); ) {
      entered.add(name);
      var state = states.path(name);
      name = name.equals("AreThereManyPages")
        ? state.path("Default").asText()
        : state.path("Type").asText().equals("Choice")
          ? state.at("/Choices/0/Next").asText()
          : state.path("Next").asText();
    }
    assertThat(entered).containsExactly(
      "Claim",
      "IsThereAnythingToDo",
      "Split",
      "AreThereManyPages",
      "ReadBatches",
      "Persist"
    );
  }

  /** Whatever has become of the answers, all pages go the way of any other job's. */
  @Test
  void aJobThatHasWaitedIsReadByTheSameStates() {
    var states = Definition.ROOT.path("States");
    assertThat(states.at("/AreThereManyPages/Choices").findValuesAsText("Next")).containsExactly(
      "Split",
      "Defer",
      "NothingHasFailed"
    );
    var there = states.path("AreTheAnswersThere");
    assertThat(there.path("Choices").findValuesAsText("Next")).containsExactly(
      "WaitForAnswers",
      "NothingHasFailed"
    );
    assertThat(there.path("Default").asText()).isEqualTo("ReadBatches");
    assertThat(states.at("/WaitForAnswers/Next").asText()).isEqualTo("Collect");
    for (var name : List.of("Defer", "Collect")) {
      assertThat(states.path(name).path("Next").asText()).as(name).isEqualTo("AreTheAnswersThere");
    }
  }

  @Test
  void aDocumentThatIsNotSplitToItsEndIsSplitOnBeforeAnythingElseUnlessItHasManyPages() {
    assertThat(Definition.task("Split").at("/Parameters/Payload/inStints").asBoolean()).isTrue();
    assertThat(Definition.task("Split").path("Next").asText()).isEqualTo("AreThereManyPages");
    var first = Definition.ROOT.at("/States/AreThereManyPages/Choices/0");
    var conditions = first.path("And");
    assertThat(conditions.findValuesAsText("Variable")).containsExactly(
      "$.split.more",
      "$.split.manyPages"
    );
    assertThat(conditions.findValuesAsText("BooleanEquals")).containsExactly("true", "false");
    assertThat(first.path("Next").asText()).isEqualTo("Split");
  }

  /** Both go on until they end, or one of them fails: then why is found as of any other batch. */
  @Test
  void manyPagesAreReadWhileTheLastOnesAreSplit() {
    var both = Definition.state("SplitOnAndRead");
    assertThat(both.path("Branches").findValuesAsText("StartAt")).startsWith("IsThereMoreToSplit");
    assertThat(both.at("/Branches/1/StartAt").asText()).isEqualTo("ReadManyBatches");
    assertThat(both.path("Next").asText()).isEqualTo("FindFailure");
    assertThat(both.at("/Catch/0/ErrorEquals/0").asText()).isEqualTo("States.ALL");
    assertThat(both.at("/Catch/0/Next").asText()).isEqualTo("FindFailure");
    assertThat(Definition.task("SplitOn").at("/Catch/0/Next").asText()).isEqualTo(
      "NoteSplitFailure"
    );
    var again = (ObjectNode) Definition.task("SplitOn").deepCopy();
    again.put("Next", "AreThereManyPages").set("Catch", Definition.task("Split").path("Catch"));
    assertThat(again).isEqualTo(Definition.task("Split"));
  }

  @Test
  void aBatchWhosePagesAreNotSplitYetWaitsForThem() {
    for (var name : List.of("Classify", "ClassifyOfMany")) {
      assertThat(retries(Definition.task(name)))
        .as(name)
        .contains("dev.billstep.page.PageNotSplitYet");
    }
  }

  /** It goes on with its batch; what it waits for is bounded by the job, not by the provider. */
  @Test
  void aProviderThatDoesNotAnswerWhenItIsLookedForIsLookedForAgain() {
    var caught = Definition.task("Collect").path("Catch").path(0);
    assertThat(caught.path("Next").asText()).isEqualTo("WaitForAnswers");
    assertThat(caught.path("ErrorEquals").valueStream().map(JsonNode::asText)).contains(
      "dev.billstep.reading.ModelUnavailable",
      "dev.billstep.reading.ModelThrottled"
    );
    assertThat(Definition.task("Defer").path("Catch").path(0).path("Next").asText()).isEqualTo(
      "Park"
    );
  }

  @Test
  void everyClassThatIsMatchedOnIsNamedOnceInTheSource() throws IOException {
    var source = Files.readString(Path.of("process-document.asl.yaml"));
    var named = CLASS_OF_OURS.matcher(source).results().map(MatchResult::group).toList();
    assertThat(named).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void noRetryMatchesWhateverComes() {
    assertThat(retried()).doesNotContain("States.ALL", "States.TaskFailed");
  }

  @Test
  void everyStateThatCanFailBeforeTheEndFailsTheJob() {
    var states = Definition.ROOT.path("States");
    for (var name : List.of(
      "Claim",
      "Split",
      "Defer",
      "Collect",
      "ReadBatches",
      "Park",
      "Persist",
      "FindFailure"
    )) {
      var catches = states.path(name).path("Catch");
      var caught = catches.path(catches.size() - 1);
      assertThat(caught.path("ErrorEquals").path(0).asText()).as(name).isEqualTo("States.ALL");
      assertThat(caught.path("Next").asText()).as(name).isEqualTo("FailJob");
    }
  }

  @Test
  void whatIsEndedAgainAndAgainGivesItsPagesUpAndNothingElseDoes() {
    var ended = retries(Definition.task("Persist"));
    for (var name : List.of("Classify", "Read")) {
      var caught = Definition.task(name).path("Catch");
      assertThat(caught).as(name).hasSize(1);
      assertThat(caught.path(0).path("Next").asText()).startsWith("GiveUp");
      assertThat(caught.path(0).path("ErrorEquals").valueStream().map(JsonNode::asText))
        .as(name)
        .contains("States.Timeout", "Sandbox.Timedout", "Runtime.ExitError")
        .allMatch(ended::contains)
        .noneMatch(error -> error.startsWith("dev.billstep."));
    }
  }

  @Test
  void aSplitThatTookTooLongOrTooMuchMemoryIsNotTriedAgainUnchanged() {
    assertThat(retries(Definition.task("Split")))
      .contains("dev.billstep.page.DiskFull")
      .doesNotContain(
        "States.Timeout",
        "Sandbox.Timedout",
        "Runtime.OutOfMemory",
        "java.lang.OutOfMemoryError"
      );
  }

  @Test
  void everyFunctionIsNamedBySubstitution() {
    assertThat(Definition.tasks()).allSatisfy((name, task) ->
      assertThat(task.path("Parameters").path("FunctionName").asText())
        .as(name)
        .matches("\\$\\{\\w+FunctionArn}")
    );
  }

  @Test
  void aMapsResultsAreLeftWhereTheyAreStored() {
    // A thousand pages' results would not fit into 256 KiB, the limit of a state's payload.
    assertThat(Definition.states().values())
      .filteredOnAssertions(each -> assertThat(each.path("Type").asText()).isEqualTo("Map"))
      .hasSize(4)
      .allSatisfy(map -> assertThat(map.path("ResultPath").isNull()).isTrue());
  }

  private static List<String> retried() {
    return Definition.tasks()
      .values()
      .stream()
      .flatMap(task -> retries(task).stream())
      .toList();
  }

  private static List<String> retries(JsonNode task) {
    return task
      .path("Retry")
      .valueStream()
      .flatMap(retry -> retry.path("ErrorEquals").valueStream())
      .map(JsonNode::asText)
      .toList();
  }
}
