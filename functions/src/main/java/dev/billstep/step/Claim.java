package dev.billstep.step;

import dev.billstep.job.ClaimDecision;
import dev.billstep.job.ClaimDecision.Declined;
import dev.billstep.job.ClaimDecision.Granted;
import dev.billstep.job.ClaimDecision.UploadUnknown;
import dev.billstep.job.JobId;
import dev.billstep.job.JobNotFound;
import dev.billstep.job.JobNotOwned;
import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.job.ProcessingRequest;
import dev.billstep.job.Replay;
import dev.billstep.job.ReplayInvalid;
import dev.billstep.job.UploadNotFound;
import dev.billstep.job.Uploads;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import dev.billstep.reading.PageModels;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.SettingsService;
import java.time.Duration;

/** Claims a job for a run, and fixes the settings that the run keeps to its end. */
public final class Claim {

  /**
   * For six hours of work, and half an hour in which a function that is under way comes to its end. A run
   * that waits for answers is given it anew at every look for them.
   */
  public static final Duration LEASE = Duration.ofMinutes(390);

  private final JobStore jobs;
  private final Uploads uploads;
  private final SettingsService settings;
  private final PageStore pages;
  private final PageModels models;

  public Claim(
    JobStore jobs,
    Uploads uploads,
    SettingsService settings,
    PageStore pages,
    PageModels models
  ) {
    this.models = models;
    this.jobs = jobs;
    this.uploads = uploads;
    this.settings = settings;
    this.pages = pages;
  }

  /**
   * Claims the job that an execution was started for.
   *
   * @param execution the ARN of the execution that claims
   * @throws JobNotFound when there is no such job
   * @throws JobNotOwned when the job belongs to somebody else than the upload's key says
   * @throws UploadNotFound when a job that has no upload is to be tried again
   * @throws ReplayInvalid when the job has no such pages to replay
   * @throws dev.billstep.settings.SettingInvalid when a setting, or what a replay asks for instead
   *     of one, can't be used
   */
  public Outcome claim(ProcessingRequest request, String execution) {
    // Before the claim: a request that can't be met leaves the job as it is.
    var model = settingsOf(request).model().id();
    return outcome(request, execution, model, jobs.claim(request, execution, LEASE, model));
  }

  private JobSettings settingsOf(ProcessingRequest request) {
    return switch (request) {
      case ProcessingRequest.Uploaded upload -> settings.current();
      case ProcessingRequest.Retry retry -> settings.current();
      case ProcessingRequest.Replayed replayed -> ofReplay(replayed.replay());
    };
  }

  /** What its model can't be asked for is refused while the job still says what it did. */
  private JobSettings ofReplay(Replay replay) {
    var wanted = settings.forReplay(replay);
    models.check(wanted.model());
    models.check(wanted.model().toClassify());
    return wanted;
  }

  private Outcome outcome(
    ProcessingRequest request,
    String execution,
    String model,
    ClaimDecision answer
  ) {
    var jobId = request.jobId();
    return switch (answer) {
      case Declined declined -> new Outcome.NothingToDo(jobId, declined.reason());
      case Granted granted -> new Outcome.Claimed(startRun(jobId, granted));
      case UploadUnknown unknown -> {
        var upload = uploads
          .newest(unknown.userId(), jobId)
          .orElseThrow(() -> new UploadNotFound(jobId, unknown.userId()));
        var answerWithUpload = jobs.claimWithUpload(
          request,
          upload.object(),
          execution,
          LEASE,
          model
        );
        yield outcome(request, execution, model, answerWithUpload);
      }
    };
  }

  private JobRun startRun(JobId jobId, Granted granted) {
    var ofRun = granted
      .replay()
      .map(settings::forReplay)
      .orElseGet(settings::current)
      .withTypes(granted.types());
    var ignoresCache = granted.replay().map(Replay::ignoreCache).orElse(false);
    var attempt = "attempt-%d".formatted(granted.attempt());
    var snapshot = pages.storeRecord(
      jobId,
      attempt + "/settings",
      Json.bytes(ignoresCache ? ofRun.withResultsOf(attempt) : ofRun)
    );
    return new JobRun(
      jobId,
      granted.userId(),
      granted.token(),
      granted.attempt(),
      granted.upload(),
      snapshot
    );
  }

  /** What became of the claim. */
  public sealed interface Outcome {
    record Claimed(JobRun run) implements Outcome {}

    record NothingToDo(JobId jobId, ClaimDecision.Reason reason) implements Outcome {}
  }
}
