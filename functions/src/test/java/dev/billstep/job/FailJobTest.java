package dev.billstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailJobTest {

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final FailJob failJob = new FailJob(jobs);

  @Test
  void aFunctionsErrorGivesItsOwnNameAndSentence() {
    var cause = """
    {"errorMessage": "The file is empty.", "errorType": "x", "stackTrace": ["a", "b"]}""";
    var recorded = failJob.fail(
      "arn",
      CaughtError.of("dev.billstep.page.UploadRejected$Empty", cause)
    );
    assertThat(recorded.error()).isEqualTo("UploadRejected.Empty");
    assertThat(recorded.sentence()).isEqualTo("The file is empty.");
    assertThat(jobs.failure()).isEqualTo("UploadRejected.Empty: The file is empty.");
  }

  @Test
  void aTimeoutSaysWhatToDo() {
    assertThat(failJob.fail("arn", CaughtError.of("States.Timeout", "")).sentence()).contains(
      "took longer"
    );
    assertThat(failJob.fail("arn", CaughtError.of("Sandbox.Timedout", "{}")).sentence()).contains(
      "took longer"
    );
  }

  @Test
  void aProcessThatWasKilledSaysWhatToDo() {
    assertThat(failJob.fail("arn", CaughtError.of("Runtime.ExitError", "{}")).sentence()).contains(
      "Retry the job"
    );
  }

  @Test
  void anErrorWithoutASentenceIsNamed() {
    assertThat(failJob.fail("arn", CaughtError.of("States.Runtime", "")).sentence()).contains(
      "States.Runtime"
    );
  }

  @Test
  void plainTextIsGivenAsItIsAndCutWhereItIsTooLong() {
    assertThat(failJob.fail("arn", CaughtError.of("States.Runtime", "plain")).sentence()).isEqualTo(
      "plain"
    );
    assertThat(
      failJob.fail("arn", CaughtError.of("States.Runtime", "x".repeat(5000))).sentence()
    ).hasSize(1001);
  }

  @Test
  void anExecutionThatWasStoppedOrRanOutOfTimeSaysSo() {
    var aborted = failJob.executionEnded("arn", FailJob.Status.ABORTED, Optional.empty());
    assertThat(aborted.error()).isEqualTo("ExecutionAborted");
    assertThat(aborted.sentence()).contains("stopped by an operator");
    var late = failJob.executionEnded("arn", FailJob.Status.TIMED_OUT, Optional.empty());
    assertThat(late.sentence()).contains("took longer than a run may");
  }

  @Test
  void anExecutionThatFailedGivesItsOwnErrorWhereItHasOne() {
    var error = CaughtError.of("States.Runtime", "plain");
    var known = failJob.executionEnded("arn", FailJob.Status.FAILED, Optional.of(error));
    assertThat(known.error()).isEqualTo("States.Runtime");
    var unknown = failJob.executionEnded("arn", FailJob.Status.FAILED, Optional.empty());
    assertThat(unknown.error()).isEqualTo("ExecutionFailed");
  }
}
