package dev.billstep.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.job.CaughtError;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.page.InMemoryPages;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.PrintedWords;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailJobTest {

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final FailJob failJob = new FailJob(
    jobs,
    new Persist(
      new InMemoryPages(),
      new PrintedWords(new InMemoryPages(), Optional.empty()),
      new FieldChecks(InstantSource.system()),
      (run, docs, ending) -> {}
    )
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
    assertThat(sentence("States.Timeout", "")).contains("took too long");
    assertThat(sentence("Sandbox.Timedout", "{}")).contains("took too long");
  }

  @Test
  void aProcessThatWasKilledSaysWhatToDo() {
    assertThat(sentence("Runtime.ExitError", "{}")).contains("Retry the job");
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "java.lang.NullPointerException",
      "java.lang.NoClassDefFoundError",
      "org.apache.pdfbox.pdmodel.MissingResourceException",
      "States.Runtime",
      "Lambda.Unknown",
      "Runtime.BadFunctionCode",
      "",
    }
  )
  void whatJavaALibraryOrAServiceSaysIsNotForTheUser(String error) {
    var cause = """
    {"errorMessage": "Cannot invoke \"x.y()\" because it is null", "errorType": "x"}""";
    for (var said : List.of(cause, "Cannot invoke", "", "null", "{\"errorMessage\": null}")) {
      assertThat(sentence(error, said)).startsWith("Something went wrong").contains("Retry");
    }
  }

  @Test
  void aFailureOfOursThatSaysNothingIsExplainedAllTheSame() {
    for (var said : List.of(
      "",
      " ",
      "null",
      "{\"errorMessage\": \"null\"}",
      "{\"errorMessage\": null}"
    )) {
      assertThat(sentence("dev.billstep.page.UploadRejected$Empty", said)).startsWith("Something");
    }
  }

  @Test
  void aFailureThatWasNamedBeforeKeepsItsSentence() {
    assertThat(sentence("UploadRejected.Empty", "The file is empty.")).isEqualTo(
      "The file is empty."
    );
    assertThat(sentence("TooManyPagesUnread", "2 of 3")).isEqualTo("2 of 3");
  }

  @Test
  void aSentenceIsCutWhereItIsTooLong() {
    assertThat(sentence("TooManyPagesUnread", "x".repeat(5000))).hasSize(1001);
  }

  private CaughtError fail(String error, String cause) {
    return failJob.fail("arn", CaughtError.of(error, cause), Optional.empty()).error();
  }

  private String sentence(String error, String cause) {
    return fail(error, cause).sentence();
  }
}
