package dev.billstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailJobTest {

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final FailJob failJob = new FailJob(jobs);

  @Test
  void aFunctionsErrorGivesItsOwnNameAndSentence() {
    var cause = """
    {"errorMessage": "The file is empty.", "errorType": "x", "stackTrace": ["a", "b"]}""";
    var recorded = failJob.fail("arn", "dev.billstep.page.UploadRejected$Empty", cause);
    assertThat(recorded.error()).isEqualTo("UploadRejected.Empty");
    assertThat(recorded.sentence()).isEqualTo("The file is empty.");
    assertThat(jobs.failure()).isEqualTo("UploadRejected.Empty: The file is empty.");
  }

  @Test
  void aTimeoutSaysWhatToDo() {
    assertThat(failJob.fail("arn", "States.Timeout", "").sentence()).contains("took longer");
    assertThat(failJob.fail("arn", "Sandbox.Timedout", "{}").sentence()).contains("took longer");
  }

  @Test
  void aProcessThatWasKilledSaysWhatToDo() {
    assertThat(failJob.fail("arn", "Runtime.ExitError", "{}").sentence()).contains("Retry the job");
  }

  @Test
  void anErrorWithoutASentenceIsNamed() {
    assertThat(failJob.fail("arn", "States.Runtime", "").sentence()).contains("States.Runtime");
  }

  @Test
  void plainTextIsGivenAsItIsAndCutWhereItIsTooLong() {
    assertThat(failJob.fail("arn", "States.Runtime", "plain").sentence()).isEqualTo("plain");
    assertThat(failJob.fail("arn", "States.Runtime", "x".repeat(5000)).sentence()).hasSize(1001);
  }
}
