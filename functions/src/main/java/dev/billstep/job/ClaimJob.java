package dev.billstep.job;

import dev.billstep.job.ClaimAnswer.Declined;
import dev.billstep.job.ClaimAnswer.Granted;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import dev.billstep.settings.SettingsService;
import java.time.Duration;

/** Claims a job for a run, and fixes the settings that the run keeps to its end. */
public final class ClaimJob {

  /** Longer than the state machine's own timeout of 2 hours, so that a live run keeps its job. */
  static final Duration LEASE = Duration.ofMinutes(150);

  private final JobStore jobs;
  private final SettingsService settings;
  private final PageStore pages;

  public ClaimJob(JobStore jobs, SettingsService settings, PageStore pages) {
    this.jobs = jobs;
    this.settings = settings;
    this.pages = pages;
  }

  /**
   * Claims the job that an upload belongs to.
   *
   * @param execution the ARN of the execution that claims
   * @throws UploadKeyInvalid when the object's key is not that of an upload
   * @throws JobNotFound when there is no such job
   * @throws JobNotOwned when the job belongs to somebody else
   */
  public Outcome claim(UploadedObject upload, String execution) {
    var key = upload.uploadKey();
    return switch (jobs.claim(upload, execution, LEASE)) {
      case Declined declined -> new Outcome.NothingToDo(key.jobId(), declined.reason());
      case Granted granted -> new Outcome.Claimed(startRun(upload, key, granted));
    };
  }

  private JobRun startRun(UploadedObject upload, UploadKey key, Granted granted) {
    var snapshot = pages.storeRecord(
      key.jobId(),
      "attempt-%d/settings".formatted(granted.attempt()),
      Json.bytes(settings.current())
    );
    return new JobRun(
      key.jobId(),
      granted.userId(),
      granted.token(),
      granted.attempt(),
      upload,
      snapshot
    );
  }

  /** What became of the claim. */
  public sealed interface Outcome {
    record Claimed(JobRun run) implements Outcome {}

    record NothingToDo(JobId jobId, ClaimAnswer.Reason reason) implements Outcome {}
  }
}
