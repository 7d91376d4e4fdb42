package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.operation.DocReviews;
import dev.billstep.operation.DocReviews.Arrangement;
import dev.billstep.operation.DocReviews.Decision;
import dev.billstep.operation.DocReviews.Writing;
import dev.billstep.operation.FieldChange;
import dev.billstep.operation.Pile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;

/** What the reviewer's desk asks and tells: piles of pages, one page, corrections and decisions. */
final class DeskRequests {

  static final String DOC = "/api/docs/(" + JobId.FORM + ")";

  private final Sight sight;

  DeskRequests(Sight sight) {
    this.sight = sight;
  }

  List<Route> routes() {
    return List.of(
      Route.file("/desk", "desk.html", "text/html"),
      Route.file("/desk.css", "desk.css", "text/css"),
      Route.file("/desk.js", "desk.js", "text/javascript"),
      Route.file("/desk-document.js", "desk-document.js", "text/javascript"),
      Route.file("/desk-fields.js", "desk-fields.js", "text/javascript"),
      Route.file("/desk-form.js", "desk-form.js", "text/javascript"),
      Route.file("/desk-grid.js", "desk-grid.js", "text/javascript"),
      Route.file("/desk-picture.js", "desk-picture.js", "text/javascript"),
      Route.of("GET", "/api/piles", (match, request) -> json(sight.reviews(request).piles())),
      Route.of("GET", "/api/piles/(flagged|unknown|clear)", (match, request) ->
        json(pile(match, request))
      ),
      Route.of("GET", DOC, (match, request) -> json(sight.reviews(request).doc(doc(match)))),
      Route.of("GET", DOC + "/words", (match, request) ->
        json(sight.reviews(request).words(doc(match)))
      ),
      Route.of("POST", DOC + "/claim", (match, request) ->
        json(
          sight.reviews(request).claim(doc(match), actor(RequestBody.json(request, Asked.class)))
        )
      ),
      Route.of("POST", DOC + "/release", (match, request) -> {
        sight.reviews(request).release(doc(match), actor(RequestBody.json(request, Asked.class)));
        return json(Map.of());
      }),
      Route.of("POST", DOC + "/check", (match, request) ->
        json(
          sight.reviews(request).check(doc(match), changes(RequestBody.json(request, Asked.class)))
        )
      ),
      Route.of("POST", DOC + "/corrections", this::correct),
      Route.of("POST", DOC + "/decision", this::decide),
      Route.of("GET", DOC + "/pages", (match, request) ->
        json(sight.reviews(request).pages(doc(match)))
      ),
      Route.of("POST", DOC + "/document", this::arrange)
    )
      .stream()
      .map(Route::forReviewers)
      .toList();
  }

  private JsonNode pile(MatchResult match, ReviewRequest request) throws ReviewRefused {
    var pile = Pile.valueOf(match.group(1).toUpperCase(Locale.ROOT));
    var part = request.parameters();
    return sight.reviews(request).pile(pile, part.after(), part.limit());
  }

  private ReviewResponse correct(MatchResult match, ReviewRequest request)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, Asked.class);
    return json(sight.reviews(request).correct(doc(match), writing(asked), changes(asked)));
  }

  private ReviewResponse decide(MatchResult match, ReviewRequest request)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, Asked.class);
    return json(
      sight.reviews(request).decide(doc(match), writing(asked), decision(asked), asked.reason())
    );
  }

  private ReviewResponse arrange(MatchResult match, ReviewRequest request)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, Asked.class);
    var arrangement = new Arrangement(
      asked.documents().orElseThrow(DeskRequests::notInForm),
      asked.loose().orElse(List.of()),
      asked.versions().orElseThrow(DeskRequests::notInForm)
    );
    if (
      arrangement.versions().isEmpty() || arrangement.documents().stream().anyMatch(List::isEmpty)
    ) {
      throw notInForm();
    }
    return json(
      sight
        .reviews(request)
        .arrange(
          doc(match),
          arrangement,
          actor(asked),
          asked.id().orElseThrow(DeskRequests::notInForm)
        )
    );
  }

  private static Decision decision(Asked asked) throws ReviewRefused {
    for (var decision : Decision.values()) {
      if (asked.review().filter(decision.name().toLowerCase(Locale.ROOT)::equals).isPresent()) {
        return decision;
      }
    }
    throw notInForm();
  }

  private static List<FieldChange> changes(Asked asked) throws ReviewRefused {
    var changes = asked.changes().orElseThrow(DeskRequests::notInForm);
    if (changes.isEmpty() || changes.stream().anyMatch(change -> change.path().isEmpty())) {
      throw notInForm();
    }
    return changes;
  }

  static Writing writing(Asked asked) throws ReviewRefused {
    return new Writing(
      asked.version().orElseThrow(DeskRequests::notInForm),
      actor(asked),
      asked.id().orElseThrow(DeskRequests::notInForm)
    );
  }

  static String actor(Asked asked) throws ReviewRefused {
    return asked
      .actor()
      .map(String::strip)
      .filter(name -> !name.isEmpty())
      .orElseThrow(() ->
        new ReviewRefused(400, "Say who you are: what is done to a page is kept with a name.")
      );
  }

  static ReviewRefused notInForm() {
    return new ReviewRefused(400, "The request does not say what to do in the expected form.");
  }

  static UUID doc(MatchResult match) {
    return UUID.fromString(match.group(1));
  }

  private static ReviewResponse json(Object value) {
    return ReviewResponse.json(200, value);
  }

  /**
   * What a reviewer asks for.
   *
   * @param actor who they are
   * @param version of the row that they have seen
   * @param id of the request
   * @param review what is decided
   * @param reason why
   * @param type what the page is
   * @param documents which pages are one document
   * @param loose of which pages nothing is said any more
   * @param versions of all of these
   */
  record Asked(
    Optional<String> actor,
    Optional<Integer> version,
    Optional<UUID> id,
    Optional<List<FieldChange>> changes,
    Optional<String> review,
    Optional<String> reason,
    Optional<String> type,
    Optional<List<List<UUID>>> documents,
    Optional<List<UUID>> loose,
    Optional<Map<UUID, Integer>> versions
  ) {}
}
