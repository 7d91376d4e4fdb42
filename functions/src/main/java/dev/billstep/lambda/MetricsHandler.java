package dev.billstep.lambda;

import dev.billstep.prometheus.OperatingFigures;
import dev.billstep.prometheus.Scrape;
import java.util.Map;
import java.util.Optional;

/**
 * Behind a function URL: what a Prometheus scrapes. Both messages have the payload format 2.0 (AWS
 * Lambda developer guide, "Invoking Lambda function URLs").
 */
public final class MetricsHandler
  extends JsonHandler<MetricsHandler.Request, MetricsHandler.Response>
{

  private final OperatingFigures figures;

  public MetricsHandler() {
    this(Composition.ofFunction());
  }

  public MetricsHandler(Composition composition) {
    super(Request.class);
    this.figures = composition.operatingFigures();
  }

  @Override
  protected Response handle(Request request) {
    var scrape = Scrape.of(figures, Optional.ofNullable(request.headers().get("accept")));
    return new Response(200, Map.of("content-type", scrape.contentType()), scrape.body());
  }

  @Override
  protected StepLog.Facts facts(Request request) {
    return StepLog.Facts.of("metrics");
  }

  /**
   * A scrape.
   *
   * @param headers by their names in lower case
   */
  public record Request(Map<String, String> headers) {}

  /** What it is answered with. */
  public record Response(int statusCode, Map<String, String> headers, String body) {}
}
