package dev.billstep.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What is answered to a scrape.
 *
 * @param contentType with the format's version
 */
public record Scrape(String contentType, String body) {
  /**
   * Collects what there is.
   *
   * @param accept the request's header: OpenMetrics where it asks for that, otherwise the older text
   *     format (Prometheus documentation, "Exposition formats")
   */
  public static Scrape of(MultiCollector figures, Optional<String> accept) {
    var openMetrics = OpenMetricsTextFormatWriter.create();
    ExpositionFormatWriter writer = accept.filter(openMetrics::accepts).isPresent()
      ? openMetrics
      : PrometheusTextFormatWriter.create();
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, figures.collect());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Scrape(writer.getContentType(), out.toString(UTF_8));
  }
}
