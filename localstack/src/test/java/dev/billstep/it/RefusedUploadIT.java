package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** What can't be read ends as an error with a sentence, and not twice. */
@ExtendWith(OnEmbeddedStack.class)
class RefusedUploadIT {

  @TempDir
  Path folder;

  private final Jobs jobs;

  RefusedUploadIT(EmbeddedStack stack) {
    this.jobs = new Jobs(stack);
  }

  @Test
  void aTextFileThatIsNamedPdfEndsAsAnErrorWithASentence() throws IOException {
    var job = jobs.upload(Files.writeString(folder.resolve("letter.pdf"), "Dear Sir or Madam,"));
    jobs.ended(job);

    var row = jobs.row(job);
    assertThat(row.path("status").asText()).isEqualTo("error");
    assertThat(row.path("error").asText()).isEqualTo("UploadRejected.NotADocument");
    assertThat(row.path("error_message").asText()).startsWith(
      "The file \"letter.pdf\" is no document or picture that can be read"
    );
    assertThat(row.path("failed_at").isNull()).isFalse();
    assertThat(row.path("completed_at").isNull()).isTrue();
    assertThat(jobs.docs(job)).isEmpty();
  }

  @Test
  void theExecutionFailsUnderTheSameNameAndIsNotRetried() throws IOException {
    var job = jobs.upload(Files.writeString(folder.resolve("empty.pdf"), ""));
    jobs.ended(job);

    assertThat(jobs.row(job).path("error").asText()).isEqualTo("UploadRejected.Empty");
    var failed = jobs.failedExecution(job);
    assertThat(failed.executionFailedEventDetails().error()).isEqualTo("UploadRejected.Empty");
    assertThat(failed.executionFailedEventDetails().cause()).contains("The file is empty");
    assertThat(jobs.execution(job).status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(jobs.history(job))
      .filteredOn(event -> event.stateEnteredEventDetails() != null)
      .extracting(event -> event.stateEnteredEventDetails().name())
      .containsExactly("Claim", "IsThereAnythingToDo", "Split", "FailJob", "Failed");
  }
}
