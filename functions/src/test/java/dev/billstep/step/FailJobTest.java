package dev.billstep.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.job.CaughtError;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.page.InMemoryPages;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailJobTest {

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final FailJob failJob = new FailJob(
    jobs,
    new Persist(new InMemoryPages(), (run, docs, ending) -> {})
  );

  @Test
  void aFunctionsErrorGivesItsOwnNameAndSentence() {
    var cause = """
    {"errorMessage": "The file is empty.", "errorType": "x", "stackTrace": ["a", "b"]}""";
    var error = fail("dev.billstep.page.UploadRejected$Empty", cause);
    assertThat(error.name()).isEqualTo("UploadRejected.Empty");
    assertThat(error.sentence()).isEqualTo("The file is empty.");
    assertThat(jobs.failure()).isEqualTo("UploadRejected.Empty: The file is empty.");
  }

  @Test
  void aTimeoutSaysWhatToDo() {
    assertThat(sentence("States.Timeout", "")).contains("took longer");
    assertThat(sentence("Sandbox.Timedout", "{}")).contains("took longer");
  }

  @Test
  void aProcessThatWasKilledSaysWhatToDo() {
    assertThat(sentence("Runtime.ExitError", "{}")).contains("Retry the job");
  }

  @Test
  void anErrorWithoutASentenceIsNamed() {
    assertThat(sentence("States.Runtime", "")).contains("States.Runtime");
  }

  @Test
  void plainTextIsGivenAsItIsAndCutWhereItIsTooLong() {
    assertThat(sentence("States.Runtime", "plain")).isEqualTo("plain");
    assertThat(sentence("States.Runtime", "x".repeat(5000))).hasSize(1001);
  }

  private CaughtError fail(String error, String cause) {
    return failJob.fail("arn", CaughtError.of(error, cause), Optional.empty()).error();
  }

  private String sentence(String error, String cause) {
    return fail(error, cause).sentence();
  }
}
