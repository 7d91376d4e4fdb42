package dev.billstep.review;

import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.operation.OperationRefused;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.BlobMissing;
import dev.billstep.people.Deed;
import dev.billstep.people.People;
import dev.billstep.reading.Witness;
import dev.billstep.stack.DeployedStack;
import dev.billstep.supabase.UserTokenRefused;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** All that can be asked of the review page, and how it is answered. */
final class ReviewRequests {

  private static final Logger LOG = LogManager.getLogger(ReviewRequests.class);

  /** What changes nothing that lasts, or is kept in the audit log by a name of its own. */
  private static final Pattern IN_PASSING = Pattern.compile(
    "/(claim|release|check|session|password)$"
  );

  private final List<Route> routes;

  ReviewRequests(List<Route> routes) {
    this.routes = routes;
  }

  /**
   * Of a stack that whoever runs it serves the page of.
   *
   * @param people who may sign in
   * @param witness that looks for the words of scans; none where this machine has none
   * @param maxUploadBytes that an upload may have at present
   */
  static ReviewRequests ofMachine(
    DeployedStack stack,
    InstantSource clock,
    Optional<People> people,
    Optional<Witness> witness,
    LongSupplier maxUploadBytes
  ) {
    var sight = Sight.of(stack, clock, witness);
    return new ReviewRequests(
      Stream.of(
        new AccountRequests(people).routes(),
        ofSight(sight),
        new RunRequests(sight, stack, maxUploadBytes).routes()
      )
        .flatMap(List::stream)
        .toList()
    );
  }

  /** Of users of a Supabase project, who look at their own pages and decide about them. */
  static ReviewRequests ofProject(Sight sight, ProjectAccount account) {
    return new ReviewRequests(
      Stream.of(account.routes(), ofSight(sight)).flatMap(List::stream).toList()
    );
  }

  private static List<Route> ofSight(Sight sight) {
    return Stream.of(
      new ListRequests(sight).routes(),
      new JobRequests(sight).routes(),
      new DeskRequests(sight).routes()
    )
      .flatMap(List::stream)
      .toList();
  }

  List<Route> routes() {
    return routes;
  }

  /** Answers whoever may ask; what is refused or has failed is answered with a sentence. */
  ReviewResponse answer(ReviewRequest request, ReviewAccess access) throws IOException {
    try {
      return access.settle(request, answered(request, access));
    } catch (ReviewRefused refused) {
      return access.settle(request, ReviewResponse.problem(refused.status(), sentence(refused)));
    } catch (OperationRefused refused) {
      return access.settle(
        request,
        ReviewResponse.problem(status(refused.reason()), sentence(refused))
      );
    } catch (UserTokenRefused refused) {
      return access.settle(request, ReviewResponse.problem(401, sentence(refused)));
    } catch (BlobMissing | BlobChanged gone) {
      return access.settle(request, ReviewResponse.problem(404, sentence(gone)));
    } catch (PermanentFailure failed) {
      return access.settle(request, ReviewResponse.problem(422, sentence(failed)));
    } catch (TransientFailure | SdkException unreached) {
      return unreached(unreached);
    } catch (RuntimeException unforeseen) {
      LOG.error("the review page could not answer", unforeseen);
      return ReviewResponse.problem(500, "That failed; the log says why.");
    }
  }

  /** That a part of the stack does not answer. */
  static ReviewResponse unreached(RuntimeException failure) {
    LOG.warn("the review page did not reach a part of the stack", failure);
    return ReviewResponse.problem(
      503,
      "A part of the stack is not responding: " + failure.getMessage()
    );
  }

  private static String sentence(Exception refused) {
    return String.valueOf(refused.getMessage());
  }

  private static int status(OperationRefused.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> 404;
      case NOT_NOW -> 409;
      case INVALID -> 400;
      case NOT_ALLOWED -> 403;
    };
  }

  private ReviewResponse answered(ReviewRequest request, ReviewAccess access)
    throws IOException, ReviewRefused {
    boolean isKnown = false;
    for (var route : routes) {
      var match = route.path().matcher(request.path());
      if (match.matches()) {
        isKnown = true;
        if (route.method().equals(request.method())) {
          return answered(route, match.toMatchResult(), request, access);
        }
      }
    }
    // Who may ask nothing is not told what there is.
    access.check(request, Right.REVIEWER);
    throw isKnown
      ? new ReviewRefused(405, "The method is not allowed for " + request.path())
      : new ReviewRefused(404, "There is no " + request.path());
  }

  private static ReviewResponse answered(
    Route route,
    MatchResult match,
    ReviewRequest request,
    ReviewAccess access
  ) throws IOException, ReviewRefused {
    if (
      route.isPage() &&
      route.right() != Right.ANYBODY &&
      request.visitor() instanceof Visitor.Stranger
    ) {
      return ReviewResponse.elsewhere("/sign-in?to=" + request.uri().getRawPath());
    }
    access.check(request, route.right());
    var answer = route.action().answer(match, request);
    if (!route.method().equals("GET") && !IN_PASSING.matcher(match.group()).find()) {
      access.note(request, Deed.CHANGED);
    }
    return answer;
  }
}
