package dev.billstep.review;

import static java.util.stream.Collectors.joining;

import dev.billstep.doctype.DocType;
import dev.billstep.intake.LeftOut;
import dev.billstep.intake.Uploads;
import dev.billstep.job.JobId;
import dev.billstep.job.Replay;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.JobRemoval;
import dev.billstep.stack.DeployedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.stream.Stream;

/** What has jobs made, run, stopped or deleted: where the page is served by whoever runs the stack. */
final class RunRequests {

  private static final String JOB = JobRequests.JOB;

  private final Sight sight;
  private final JobOperations jobs;
  private final JobRemoval removal;
  private final Uploads uploads;
  private final LongSupplier maxUploadBytes;

  /**
   * Of a stack.
   *
   * @param maxUploadBytes that an upload may have at present
   */
  RunRequests(Sight sight, DeployedStack stack, LongSupplier maxUploadBytes) {
    this.sight = sight;
    this.jobs = new JobOperations(stack);
    this.removal = new JobRemoval(stack);
    this.uploads = new Uploads(jobs);
    this.maxUploadBytes = maxUploadBytes;
  }

  List<Route> routes() {
    return Stream.concat(ofReviewers().map(Route::forReviewers), ofOperators()).toList();
  }

  private Stream<Route> ofReviewers() {
    return Stream.of(
      Route.of("GET", "/api/limits", (match, request) ->
        json(Map.of("uploadBytes", maxUploadBytes.getAsLong()))
      ),
      Route.of("POST", DeskRequests.DOC + "/type", this::say),
      // Whoever says what a page is has it read by that type. All else that is asked has its answer already.
      Route.of("POST", JOB + "/reread", (match, request) ->
        json(
          Map.of(
            "execution",
            jobs.replay(JobRequests.job(match), asItWas(RequestBody.json(request, Replay.class)))
          )
        )
      )
    );
  }

  private ReviewResponse say(MatchResult match, ReviewRequest request)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, DeskRequests.Asked.class);
    var type = asked.type().flatMap(DocType::ofLabel).orElseThrow(DeskRequests::notInForm);
    return json(
      sight.reviews(request).say(DeskRequests.doc(match), DeskRequests.writing(asked), type)
    );
  }

  private static Replay asItWas(Replay asked) throws ReviewRefused {
    if (asked.pages().isEmpty()) {
      throw new ReviewRefused(400, "Say which pages are to be read again.");
    }
    return new Replay(Optional.empty(), Optional.empty(), asked.pages(), false, false);
  }

  /** What costs, or changes what others wait for. */
  private Stream<Route> ofOperators() {
    return Stream.of(
      Route.of("POST", "/api/jobs", (match, request) -> upload(request)),
      Route.of("POST", JOB + "/retry", (match, request) ->
        json(Map.of("execution", jobs.retry(JobRequests.job(match))))
      ),
      Route.of("POST", JOB + "/replay", (match, request) ->
        json(
          Map.of(
            "execution",
            jobs.replay(JobRequests.job(match), RequestBody.json(request, Replay.class))
          )
        )
      ),
      Route.of("POST", JOB + "/cancel", (match, request) -> {
        jobs.cancel(JobRequests.job(match));
        return json(Map.of());
      }),
      Route.of("POST", JOB + "/delete", this::remove)
    );
  }

  private ReviewResponse remove(MatchResult match, ReviewRequest request)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, Asked.class);
    var actor = asked
      .actor()
      .map(String::strip)
      .filter(name -> !name.isEmpty())
      .orElseThrow(() ->
        new ReviewRefused(400, "Say who you are: that a job is deleted is kept with a name.")
      );
    return json(removal.remove(JobId.of(match.group(1)), actor, asked.approvedToo().orElse(false)));
  }

  /** A ZIP or an e-mail makes several jobs; the first is named as one of a single document is. */
  private static ReviewResponse uploaded(Uploads.Outcome outcome) throws ReviewRefused {
    if (outcome.uploads().isEmpty()) {
      throw new ReviewRefused(
        400,
        outcome.leftOut().stream().map(LeftOut::toString).collect(joining("\n"))
      );
    }
    return ReviewResponse.json(
      201,
      Map.of(
        "id",
        outcome.uploads().getFirst().id(),
        "jobs",
        outcome.uploads(),
        "leftOut",
        outcome.leftOut()
      )
    );
  }

  private ReviewResponse upload(ReviewRequest request) throws IOException, ReviewRefused {
    var name = request
      .parameters()
      .given("name")
      .orElseThrow(() ->
        new ReviewRefused(400, "An upload needs a file name: /api/jobs?name=bill.pdf")
      );
    long most = maxUploadBytes.getAsLong();
    var file = Files.createTempFile("billstep-upload", "");
    try {
      Files.copy(RequestBody.bounded(request, most), file, StandardCopyOption.REPLACE_EXISTING);
      return uploaded(uploads.take(file, name, JobOperations.LOCAL_USER));
    } finally {
      Files.delete(file);
    }
  }

  private static ReviewResponse json(Object value) {
    return ReviewResponse.json(200, value);
  }

  /**
   * That a job is to be deleted.
   *
   * @param actor who says so
   */
  record Asked(Optional<String> actor, Optional<Boolean> approvedToo) {}
}
