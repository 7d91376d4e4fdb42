package dev.billstep.review;

import com.fasterxml.jackson.core.JacksonException;
import com.sun.net.httpserver.HttpExchange;
import dev.billstep.http.QueryParameters;
import dev.billstep.job.JobId;
import dev.billstep.job.Replay;
import dev.billstep.json.Json;
import dev.billstep.operation.JobOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the review page asks and tells: the jobs as JSON, the images, what is to be done. */
final class ReviewRequests {

  private static final String JOB = "(" + JobId.FORM + ")";

  /** As its URI ends; the number is that of rows from before images were kept by their content. */
  private static final String IMAGE = "([0-9a-f]{64}\\.png|page-\\d{1,6}\\.png)";

  private static final int LISTED_JOBS = 200;
  private static final int MAX_JSON_BYTES = 64 * 1024;

  private final JobOperations jobs;
  private final LongSupplier maxUploadBytes;
  private final List<Route> routes;

  /**
   * Names what is asked.
   *
   * @param maxUploadBytes that an upload may have at present
   */
  ReviewRequests(JobOperations jobs, LongSupplier maxUploadBytes) {
    this.jobs = jobs;
    this.maxUploadBytes = maxUploadBytes;
    this.routes = List.of(
      file("/", "index.html", "text/html"),
      file("/icon.svg", "icon.svg", "image/svg+xml"),
      file("/review.css", "review.css", "text/css"),
      file("/job-view.js", "job-view.js", "text/javascript"),
      file("/review.js", "review.js", "text/javascript"),
      route("GET", "/api/limits", (match, exchange) ->
        json(Map.of("uploadBytes", maxUploadBytes.getAsLong()))
      ),
      route("GET", "/api/jobs", (match, exchange) -> json(jobs.newest(LISTED_JOBS))),
      route("POST", "/api/jobs", (match, exchange) -> upload(exchange)),
      route("GET", "/api/jobs/" + JOB, (match, exchange) -> json(JobView.of(jobs, job(match)))),
      route("GET", "/api/jobs/" + JOB + "/row", (match, exchange) -> json(jobs.row(job(match)))),
      route("GET", "/api/jobs/" + JOB + "/pages/(\\d{1,6})/images/" + IMAGE, (match, exchange) ->
        ReviewResponse.image(
          jobs.image(job(match), Integer.parseInt(match.group(2)), match.group(3))
        )
      ),
      route("POST", "/api/jobs/" + JOB + "/retry", (match, exchange) ->
        json(Map.of("execution", jobs.retry(job(match))))
      ),
      route("POST", "/api/jobs/" + JOB + "/replay", (match, exchange) ->
        json(Map.of("execution", jobs.replay(job(match), replay(exchange))))
      ),
      route("POST", "/api/jobs/" + JOB + "/cancel", (match, exchange) -> {
        jobs.cancel(job(match));
        return json(Map.of());
      })
    );
  }

  ReviewResponse answer(HttpExchange exchange) throws IOException, ReviewRefused {
    var path = exchange.getRequestURI().getPath();
    boolean isKnown = false;
    for (var route : routes) {
      var match = route.path().matcher(path);
      if (match.matches()) {
        isKnown = true;
        if (route.method().equals(exchange.getRequestMethod())) {
          return route.action().answer(match.toMatchResult(), exchange);
        }
      }
    }
    throw isKnown
      ? new ReviewRefused(405, "The method is not allowed for " + path)
      : new ReviewRefused(404, "There is no " + path);
  }

  private static Route file(String path, String name, String mediaType) {
    return route("GET", Pattern.quote(path), (match, exchange) ->
      ReviewResponse.file(mediaType, ReviewPage.text(name))
    );
  }

  private static Route route(String method, String path, Action action) {
    return new Route(method, Pattern.compile(path), action);
  }

  private static ReviewResponse json(Object value) {
    return ReviewResponse.json(200, value);
  }

  private static JobId job(MatchResult match) {
    return JobId.of(match.group(1));
  }

  private static Replay replay(HttpExchange exchange) throws IOException, ReviewRefused {
    var body = bounded(exchange, MAX_JSON_BYTES).readAllBytes();
    try {
      return Json.mapper().readValue(body, Replay.class);
    } catch (JacksonException e) {
      throw new ReviewRefused(
        400,
        "The request does not say what to read again in the expected form."
      );
    }
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
      Files.copy(bounded(exchange, most), file, StandardCopyOption.REPLACE_EXISTING);
      return ReviewResponse.json(
        201,
        Map.of("id", jobs.upload(file, name, JobOperations.LOCAL_USER))
      );
    } finally {
      Files.delete(file);
    }
  }

  /** A request's body. What is longer is refused by its own word, before it is read. */
  private static InputStream bounded(HttpExchange exchange, long most) throws ReviewRefused {
    var length = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
      .map(Long::parseLong)
      .orElseThrow(() -> new ReviewRefused(411, "The request has no Content-Length."));
    if (length > most) {
      throw new ReviewRefused(
        413,
        "The file has %,d bytes; at most %,d are accepted (setting split.limits).".formatted(
          length,
          most
        )
      );
    }
    return exchange.getRequestBody();
  }

  private record Route(String method, Pattern path, Action action) {}

  @FunctionalInterface
  private interface Action {
    ReviewResponse answer(MatchResult match, HttpExchange exchange)
      throws IOException, ReviewRefused;
  }
}
