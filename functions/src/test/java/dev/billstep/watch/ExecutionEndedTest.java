package dev.billstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.job.CaughtError;
import dev.billstep.job.InMemoryJobs;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionEndedTest {

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final ExecutionEnded executionEnded = new ExecutionEnded(jobs);

  @Test
  void anExecutionThatWasStoppedOrRanOutOfTimeSaysSo() {
    var aborted = executionEnded.tell("arn", ExecutionEnded.Status.ABORTED, Optional.empty());
    assertThat(aborted.error().name()).isEqualTo("ExecutionAborted");
    assertThat(aborted.error().sentence()).contains("stopped by an operator");
    var late = executionEnded.tell("arn", ExecutionEnded.Status.TIMED_OUT, Optional.empty());
    assertThat(late.error().sentence()).contains("took too long");
  }

  @Test
  void anExecutionThatFailedGivesItsOwnErrorWhereItHasOne() {
    var error = CaughtError.of("States.Runtime", "plain");
    var known = executionEnded.tell("arn", ExecutionEnded.Status.FAILED, Optional.of(error));
    assertThat(known.error().name()).isEqualTo("States.Runtime");
    var unknown = executionEnded.tell("arn", ExecutionEnded.Status.FAILED, Optional.empty());
    assertThat(unknown.error().name()).isEqualTo("ExecutionFailed");
  }
}
