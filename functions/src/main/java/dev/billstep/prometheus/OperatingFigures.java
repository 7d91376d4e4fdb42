package dev.billstep.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a scrape is told, from the figures that the database adds up as rows are written. Calls stay
 * counted when they are forgotten; what pages and jobs count for goes back where they are deleted, as
 * after a restart. Names and units follow Prometheus' naming
 * practices; labels are types, outcomes, errors and models, never a job or a user.
 */
public final class OperatingFigures implements MultiCollector {

  /** As the SQL function {@code operating_figures} has them. */
  private static final double[] SECONDS = {
    0.1,
    0.5,
    1,
    2.5,
    5,
    10,
    30,
    60,
    Double.POSITIVE_INFINITY,
  };

  private final Supplier<JsonNode> rows;

  /**
   * Names what is counted.
   *
   * @param rows what the SQL function {@code operating_figures} gives
   */
  public OperatingFigures(Supplier<JsonNode> rows) {
    this.rows = rows;
  }

  @Override
  public MetricSnapshots collect() {
    var figures = rows.get();
    var calls = figures.path("calls");
    return MetricSnapshots.builder()
      .metricSnapshot(
        counters(
          "billstep_pages_processed",
          "Pages, by type and by whether they could be read.",
          figures.path("pages"),
          "count",
          List.of("doc_type", "outcome")
        )
      )
      .metricSnapshot(
        counters(
          "billstep_job_failures",
          "Jobs that ended in an error, by the error's name.",
          figures.path("failures"),
          "count",
          List.of("error")
        )
      )
      .metricSnapshot(
        counters(
          "billstep_model_calls",
          "Model calls, by step and outcome.",
          calls,
          "count",
          List.of("model_id", "step", "outcome")
        )
      )
      .metricSnapshot(
        counters(
          "billstep_model_input_tokens",
          "Tokens sent to models.",
          calls,
          "input_tokens",
          List.of("model_id", "step", "outcome")
        )
      )
      .metricSnapshot(
        counters(
          "billstep_model_output_tokens",
          "Tokens that models answered with.",
          calls,
          "output_tokens",
          List.of("model_id", "step", "outcome")
        )
      )
      .metricSnapshot(
        counters(
          "billstep_model_cost_usd",
          "Cost of model calls, in US dollars.",
          calls,
          "cost_usd",
          List.of("model_id", "step", "outcome")
        )
      )
      .metricSnapshot(
        counter("billstep_job_retries", "Runs of jobs beyond their first.", figures.path("retries"))
      )
      .metricSnapshot(
        counter(
          "billstep_cache_hits",
          "Results of earlier runs that were reused.",
          figures.path("cache_hits")
        )
      )
      .metricSnapshot(
        counters(
          "billstep_events",
          "Events that were sent to all receivers, or given up.",
          figures.path("events"),
          "count",
          List.of("outcome")
        )
      )
      .metricSnapshot(jobs(figures.path("jobs")))
      .metricSnapshot(
        gauge("billstep_pages_to_review", "Pages that need review.", figures.path("review"))
      )
      .metricSnapshot(
        gauge(
          "billstep_oldest_waiting_job_seconds",
          "How long the longest-waiting job has waited for its model; 0 if none waits.",
          figures.path("oldest_waiting_seconds")
        )
      )
      .metricSnapshot(durations(figures.path("durations")))
      .build();
  }

  private static CounterSnapshot counters(
    String name,
    String help,
    JsonNode rows,
    String value,
    List<String> labels
  ) {
    var counter = CounterSnapshot.builder().name(name).help(help);
    rows.forEach(row ->
      counter.dataPoint(
        CounterDataPointSnapshot.builder()
          .labels(labels(row, labels))
          .value(row.path(value).asDouble())
          .build()
      )
    );
    return counter.build();
  }

  private static CounterSnapshot counter(String name, String help, JsonNode value) {
    return CounterSnapshot.builder()
      .name(name)
      .help(help)
      .dataPoint(CounterDataPointSnapshot.builder().value(value.asDouble()).build())
      .build();
  }

  private static GaugeSnapshot jobs(JsonNode rows) {
    var gauge = GaugeSnapshot.builder().name("billstep_jobs").help("Jobs, by status.");
    rows.forEach(row ->
      gauge.dataPoint(
        GaugeDataPointSnapshot.builder()
          .labels(labels(row, List.of("status")))
          .value(row.path("count").asDouble())
          .build()
      )
    );
    return gauge.build();
  }

  private static GaugeSnapshot gauge(String name, String help, JsonNode value) {
    return GaugeSnapshot.builder()
      .name(name)
      .help(help)
      .dataPoint(GaugeDataPointSnapshot.builder().value(value.asDouble()).build())
      .build();
  }

  private static HistogramSnapshot durations(JsonNode rows) {
    var byLabels = new LinkedHashMap<Labels, Durations>();
    rows.forEach(row ->
      byLabels
        .computeIfAbsent(labels(row, List.of("model_id", "step")), labels -> new Durations())
        .add(row)
    );
    var histogram = HistogramSnapshot.builder()
      .name("billstep_model_call_duration_seconds")
      .help("Duration of model calls, whatever their outcome.");
    byLabels.forEach((labels, durations) -> histogram.dataPoint(durations.dataPoint(labels)));
    return histogram.build();
  }

  private static Labels labels(JsonNode row, List<String> names) {
    return Labels.of(
      names.toArray(String[]::new),
      names
        .stream()
        .map(name -> row.path(name).asText())
        .toArray(String[]::new)
    );
  }

  /** Of one model and step. */
  private static final class Durations {

    private final long[] counts = new long[SECONDS.length];
    private double sum;

    void add(JsonNode row) {
      counts[row.path("bucket").asInt()] += row.path("count").asLong();
      sum += row.path("seconds").asDouble();
    }

    HistogramDataPointSnapshot dataPoint(Labels labels) {
      return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(
          ClassicHistogramBuckets.of(
            Arrays.stream(SECONDS).boxed().toList(),
            Arrays.stream(counts).boxed().toList()
          )
        )
        .sum(sum)
        .build();
    }
  }
}
