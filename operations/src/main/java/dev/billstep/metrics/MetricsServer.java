package dev.billstep.metrics;

import dev.billstep.http.LocalRequests;
import dev.billstep.prometheus.OperatingFigures;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseFigures;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;

/**
 * Answers {@code GET /metrics} in the formats of OpenMetrics and Prometheus: on loopback alone, and
 * no page of a browser.
 */
public final class MetricsServer implements AutoCloseable {

  private final HTTPServer server;

  private MetricsServer(HTTPServer server) {
    this.server = server;
  }

  /** Starts it on a free port. */
  public static MetricsServer start(SupabaseClient supabase) {
    var registry = new PrometheusRegistry();
    registry.register(new OperatingFigures(new SupabaseFigures(supabase)));
    try {
      return new MetricsServer(
        HTTPServer.builder()
          .inetAddress(InetAddress.getLoopbackAddress())
          .port(0)
          .authenticator(LocalRequests.TO_LOOPBACK.authenticator())
          .registry(registry)
          .buildAndStart()
      );
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:%d/metrics".formatted(server.getPort()));
  }

  @Override
  public void close() {
    server.close();
  }
}
