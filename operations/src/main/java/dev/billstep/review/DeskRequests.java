package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.billstep.doctype.DocType;
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

  private static final String DOC = "/api/docs/(" + JobId.FORM + ")";

  private final DocReviews reviews;

  DeskRequests(DocReviews reviews) {
    this.reviews = reviews;
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
      Route.of("GET", "/api/piles", (match, exchange) -> json(reviews.piles())),
      Route.of("GET", "/api/piles/(flagged|unknown|clear)", (match, exchange) ->
        json(pile(match, AddressParameters.of(exchange)))
      ),
      Route.of("GET", DOC, (match, exchange) -> json(reviews.doc(doc(match)))),
      Route.of("GET", DOC + "/words", (match, exchange) -> json(reviews.words(doc(match)))),
      Route.of("POST", DOC + "/claim", (match, exchange) ->
        json(reviews.claim(doc(match), actor(RequestBody.json(exchange, Asked.class))))
      ),
      Route.of("POST", DOC + "/release", (match, exchange) -> {
        reviews.release(doc(match), actor(RequestBody.json(exchange, Asked.class)));
        return json(Map.of());
      }),
      Route.of("POST", DOC + "/check", (match, exchange) ->
        json(reviews.check(doc(match), changes(RequestBody.json(exchange, Asked.class))))
      ),
      Route.of("POST", DOC + "/corrections", this::correct),
      Route.of("POST", DOC + "/type", this::say),
      Route.of("POST", DOC + "/decision", this::decide),
      Route.of("GET", DOC + "/pages", (match, exchange) -> json(reviews.pages(doc(match)))),
      Route.of("POST", DOC + "/document", this::arrange)
    );
  }

  private JsonNode pile(MatchResult match, AddressParameters part) throws ReviewRefused {
    var pile = Pile.valueOf(match.group(1).toUpperCase(Locale.ROOT));
    return reviews.pile(pile, part.after(), part.limit());
  }

  private ReviewResponse correct(MatchResult match, HttpExchange exchange)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(exchange, Asked.class);
    return json(reviews.correct(doc(match), writing(asked), changes(asked)));
  }

  private ReviewResponse say(MatchResult match, HttpExchange exchange)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(exchange, Asked.class);
    var type = asked.type().flatMap(DocType::ofLabel).orElseThrow(DeskRequests::notInForm);
    return json(reviews.say(doc(match), writing(asked), type));
  }

  private ReviewResponse decide(MatchResult match, HttpExchange exchange)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(exchange, Asked.class);
    return json(reviews.decide(doc(match), writing(asked), decision(asked), asked.reason()));
  }

  private ReviewResponse arrange(MatchResult match, HttpExchange exchange)
    throws IOException, ReviewRefused {
    var asked = RequestBody.json(exchange, Asked.class);
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
      reviews.arrange(
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

  private static Writing writing(Asked asked) throws ReviewRefused {
    return new Writing(
      asked.version().orElseThrow(DeskRequests::notInForm),
      actor(asked),
      asked.id().orElseThrow(DeskRequests::notInForm)
    );
  }

  private static String actor(Asked asked) throws ReviewRefused {
    return asked
      .actor()
      .map(String::strip)
      .filter(name -> !name.isEmpty())
      .orElseThrow(() ->
        new ReviewRefused(400, "Say who you are: what is done to a page is kept with a name.")
      );
  }

  private static ReviewRefused notInForm() {
    return new ReviewRefused(400, "The request does not say what to do in the expected form.");
  }

  private static UUID doc(MatchResult match) {
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
