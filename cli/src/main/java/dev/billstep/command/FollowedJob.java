package dev.billstep.command;

import dev.billstep.intake.IncomingFile;
import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.JobState;
import dev.billstep.stack.StackFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A job that is shown until it ends. */
final class FollowedJob {

  /** An upload that nobody has claimed by then started no execution. */
  private static final Duration CLAIM_LIMIT = Duration.ofMinutes(1);

  private final JobOperations jobs;
  private final String file;
  private final JobId jobId;
  private final JobDisplay display;
  private final Instant uploadedAt = Instant.now();
  private JobState state;

  private FollowedJob(JobOperations jobs, String file, JobId jobId, JobDisplay display) {
    this.jobs = jobs;
    this.file = file;
    this.jobId = jobId;
    this.display = display;
    this.state = jobs.state(jobId);
  }

  static FollowedJob upload(JobOperations jobs, IncomingFile file, JobDisplay display) {
    var id = jobs.upload(file.content(), file.fileName(), JobOperations.LOCAL_USER);
    return new FollowedJob(jobs, file.name(), id, display);
  }

  /** Of a user who has uploaded nothing else: nothing is a duplicate. */
  static FollowedJob uploadAlone(JobOperations jobs, Path file) {
    var user = new UserId(UUID.randomUUID());
    var id = jobs.upload(file, String.valueOf(file.getFileName()), user);
    return new FollowedJob(jobs, file.toString(), id, JobDisplay.silent());
  }

  /** Looks at the job and shows what is new, unless it has ended. */
  void look() {
    if (state.isEnded()) {
      return;
    }
    state = jobs.state(jobId);
    display.show(state);
    if (state.isEnded()) {
      display.close();
    } else if (state.isUnclaimed() && Instant.now().isAfter(uploadedAt.plus(CLAIM_LIMIT))) {
      display.close();
      throw new StackFailure(
        "The upload of %s did not start a run. To find out why: billstep doctor".formatted(file)
      );
    }
  }

  boolean isEnded() {
    return state.isEnded();
  }

  JobResult result() {
    return new JobResult(file, jobId, state, jobs.docs(jobId));
  }
}
