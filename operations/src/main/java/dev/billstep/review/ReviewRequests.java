package dev.billstep.review;

import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import dev.billstep.http.QueryParameters;
import dev.billstep.intake.LeftOut;
import dev.billstep.intake.Uploads;
import dev.billstep.job.JobId;
import dev.billstep.job.Replay;
import dev.billstep.operation.DocReviews;
import dev.billstep.operation.JobOperations;
import dev.billstep.people.Deed;
import dev.billstep.people.People;
import dev.billstep.stack.DeployedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the review page asks and tells: the jobs as JSON, the images, what is to be done. */
final class ReviewRequests {

  private static final String JOB = "(" + JobId.FORM + ")";

  /** As its URI ends; the number is that of rows from before images were kept by their content. */
  private static final String IMAGE = "([0-9a-f]{64}\\.png|page-\\d{1,6}\\.png)";

  /** What changes nothing that lasts, or is kept in the audit log by a name of its own. */
  private static final Pattern IN_PASSING = Pattern.compile(
    "/(claim|release|check|session|password)$"
  );

  private final JobOperations jobs;
  private final Uploads uploads;
  private final LongSupplier maxUploadBytes;
  private final List<Route> routes;

  /**
   * Names what is asked.
   *
   * @param people who may sign in
   * @param maxUploadBytes that an upload may have at present
   */
  ReviewRequests(
    DeployedStack stack,
    DocReviews reviews,
    Optional<People> people,
    LongSupplier maxUploadBytes
  ) {
    this.jobs = new JobOperations(stack);
    this.uploads = new Uploads(jobs);
    this.maxUploadBytes = maxUploadBytes;
    this.routes = Stream.of(
      ofEveryPage(),
      new AccountRequests(people).routes(),
      new ListRequests(stack).routes(),
      seeing().stream().map(Route::forReviewers).toList(),
      running(),
      new DeskRequests(reviews).routes().stream().map(Route::forReviewers).toList()
    )
      .flatMap(List::stream)
      .toList();
  }

  private static List<Route> ofEveryPage() {
    return Stream.of(
      Route.file("/icon.svg", "icon.svg", "image/svg+xml"),
      Route.file("/review.css", "review.css", "text/css"),
      Route.file("/ask.js", "ask.js", "text/javascript")
    )
      .map(Route::forAnybody)
      .toList();
  }

  private List<Route> seeing() {
    return List.of(
      Route.file("/", "index.html", "text/html"),
      Route.file("/job-view.js", "job-view.js", "text/javascript"),
      Route.file("/review.js", "review.js", "text/javascript"),
      // RFC 9512, section 2.1.
      Route.file("/api/openapi.yaml", "openapi.yaml", "application/yaml"),
      Route.of("GET", "/api/limits", (match, exchange) ->
        json(Map.of("uploadBytes", maxUploadBytes.getAsLong()))
      ),
      Route.of("GET", "/api/jobs/" + JOB, (match, exchange) -> json(JobView.of(jobs, job(match)))),
      Route.of("GET", "/api/jobs/" + JOB + "/row", (match, exchange) -> json(jobs.row(job(match)))),
      Route.of("GET", "/api/jobs/" + JOB + "/pages/(\\d{1,6})/images/" + IMAGE, (match, exchange) ->
        ReviewResponse.image(
          jobs.image(job(match), Integer.parseInt(match.group(2)), match.group(3))
        )
      ),
      // Whoever says what a page is has it read by that type. All else that is asked has its answer already.
      Route.of("POST", "/api/jobs/" + JOB + "/reread", (match, exchange) ->
        json(
          Map.of(
            "execution",
            jobs.replay(job(match), asItWas(RequestBody.json(exchange, Replay.class)))
          )
        )
      )
    );
  }

  private static Replay asItWas(Replay asked) throws ReviewRefused {
    if (asked.pages().isEmpty()) {
      throw new ReviewRefused(400, "Say which pages are to be read again.");
    }
    return new Replay(Optional.empty(), Optional.empty(), asked.pages(), false, false);
  }

  /** What costs, or changes what others wait for. */
  private List<Route> running() {
    return List.of(
      Route.of("POST", "/api/jobs", (match, exchange) -> upload(exchange)),
      Route.of("POST", "/api/jobs/" + JOB + "/retry", (match, exchange) ->
        json(Map.of("execution", jobs.retry(job(match))))
      ),
      Route.of("POST", "/api/jobs/" + JOB + "/replay", (match, exchange) ->
        json(Map.of("execution", jobs.replay(job(match), RequestBody.json(exchange, Replay.class))))
      ),
      Route.of("POST", "/api/jobs/" + JOB + "/cancel", (match, exchange) -> {
        jobs.cancel(job(match));
        return json(Map.of());
      })
    );
  }

  List<Route> routes() {
    return routes;
  }

  /**
   * Answers whoever may ask.
   *
   * @throws ReviewRefused where they may not, or there is no such thing to ask
   */
  ReviewResponse answer(HttpExchange exchange, ReviewAccess access)
    throws IOException, ReviewRefused {
    var path = exchange.getRequestURI().getPath();
    boolean isKnown = false;
    for (var route : routes) {
      var match = route.path().matcher(path);
      if (match.matches()) {
        isKnown = true;
        if (route.method().equals(exchange.getRequestMethod())) {
          return answer(route, match.toMatchResult(), exchange, access);
        }
      }
    }
    // Who may ask nothing is not told what there is.
    access.check(exchange, Right.REVIEWER);
    throw isKnown
      ? new ReviewRefused(405, "The method is not allowed for " + path)
      : new ReviewRefused(404, "There is no " + path);
  }

  private static ReviewResponse answer(
    Route route,
    MatchResult match,
    HttpExchange exchange,
    ReviewAccess access
  ) throws IOException, ReviewRefused {
    if (
      route.isPage() &&
      route.right() != Right.ANYBODY &&
      ReviewAccess.visitor(exchange) instanceof Visitor.Stranger
    ) {
      return ReviewResponse.elsewhere("/sign-in?to=" + exchange.getRequestURI().getRawPath());
    }
    access.check(exchange, route.right());
    var answer = route.action().answer(match, exchange);
    if (!route.method().equals("GET") && !IN_PASSING.matcher(match.group()).find()) {
      access.note(exchange, Deed.CHANGED);
    }
    return answer;
  }

  private static ReviewResponse json(Object value) {
    return ReviewResponse.json(200, value);
  }

  private static JobId job(MatchResult match) {
    return JobId.of(match.group(1));
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

  private ReviewResponse upload(HttpExchange exchange) throws IOException, ReviewRefused {
    var name = Optional.ofNullable(
      QueryParameters.of(exchange.getRequestURI()).get("name")
    ).orElseThrow(() ->
      new ReviewRefused(400, "An upload needs a file name: /api/jobs?name=bill.pdf")
    );
    long most = maxUploadBytes.getAsLong();
    var file = Files.createTempFile("billstep-upload", "");
    try {
      Files.copy(RequestBody.bounded(exchange, most), file, StandardCopyOption.REPLACE_EXISTING);
      return uploaded(uploads.take(file, name, JobOperations.LOCAL_USER));
    } finally {
      Files.delete(file);
    }
  }
}
