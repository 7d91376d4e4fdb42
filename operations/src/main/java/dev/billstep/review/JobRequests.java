package dev.billstep.review;

import dev.billstep.job.JobId;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.stream.Stream;

/** What the page asks of one job: its rows as JSON, the images of its pages. */
final class JobRequests {

  static final String JOB = "/api/jobs/(" + JobId.FORM + ")";

  /** As its URI ends; the number is that of rows from before images were kept by their content. */
  private static final String IMAGE = "([0-9a-f]{64}\\.png|page-\\d{1,6}\\.png)";

  private final Sight sight;

  JobRequests(Sight sight) {
    this.sight = sight;
  }

  List<Route> routes() {
    return Stream.of(
      Route.file("/", "index.html", "text/html"),
      Route.file("/job-view.js", "job-view.js", "text/javascript"),
      Route.file("/review.js", "review.js", "text/javascript"),
      // RFC 9512, section 2.1.
      Route.file("/api/openapi.yaml", "openapi.yaml", "application/yaml"),
      Route.of("GET", JOB, (match, request) ->
        ReviewResponse.json(200, JobView.of(sight.jobs(request), job(match)))
      ),
      Route.of("GET", JOB + "/row", (match, request) ->
        ReviewResponse.json(200, sight.jobs(request).row(job(match)))
      ),
      Route.of("GET", JOB + "/pages/(\\d{1,6})/images/" + IMAGE, (match, request) ->
        sight
          .images()
          .apply(
            sight
              .jobs(request)
              .readFrom(job(match), Integer.parseInt(match.group(2)), match.group(3))
          )
      )
    )
      .map(Route::forReviewers)
      .toList();
  }

  static JobId job(MatchResult match) {
    return JobId.of(match.group(1));
  }
}
