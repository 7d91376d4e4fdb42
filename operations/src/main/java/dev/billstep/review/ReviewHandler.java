package dev.billstep.review;

import dev.billstep.failure.TransientFailure;
import dev.billstep.json.Json;
import dev.billstep.lambda.Composition;
import dev.billstep.lambda.JsonHandler;
import dev.billstep.lambda.StepLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/** Behind a function URL: the review page of the users of a Supabase project. */
public final class ReviewHandler
  extends JsonHandler<FunctionUrlRequest, FunctionUrlResponse>
  implements Resource
{

  /** What the page needs first: files alone, so that a snapshot has no connection that would be dead. */
  private static final List<String> FIRST = List.of("/sign-in", "/", "/api/me");

  private final ProjectPage page;

  public ReviewHandler() {
    this(ProjectPage.of(System.getenv(), Composition.credentialsOfLambda()));
    Core.getGlobalContext().register(this);
  }

  public ReviewHandler(ProjectPage page) {
    super(FunctionUrlRequest.class);
    this.page = page;
  }

  @Override
  protected FunctionUrlResponse handle(FunctionUrlRequest request) {
    return FunctionUrlResponse.of(
      answer(request),
      page.policy(),
      Optional.ofNullable(request.headers().get("accept-encoding"))
    );
  }

  private ReviewResponse answer(FunctionUrlRequest request) {
    try {
      var visitor = page.access().visitor(request.allHeaders());
      return page.requests().answer(request.asked(visitor), page.access());
    } catch (ReviewRefused refused) {
      return ReviewResponse.problem(refused.status(), String.valueOf(refused.getMessage()));
    } catch (TransientFailure unreached) {
      return ReviewRequests.unreached(unreached);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // What came with it is in memory.
    }
  }

  @Override
  protected StepLog.Facts facts(FunctionUrlRequest request) {
    return StepLog.Facts.of("review");
  }

  /** Done once, before SnapStart takes its snapshot. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    for (var path : FIRST) {
      var event = new FunctionUrlRequest(
        path,
        Optional.empty(),
        Map.of("host", "localhost"),
        Optional.empty(),
        new FunctionUrlRequest.RequestContext(new FunctionUrlRequest.Http("GET", "127.0.0.1")),
        Optional.empty(),
        false
      );
      handleRequest(
        new ByteArrayInputStream(Json.bytes(event)),
        OutputStream.nullOutputStream(),
        null
      );
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing is kept from one request to the next but who has given wrong passwords.
  }
}
