package dev.billstep.cloudwatch;

import dev.billstep.doc.Doc;
import dev.billstep.doc.DocStore;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.ModelCall;
import java.util.List;
import java.util.Map;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Writes metrics as lines of a function's log, which CloudWatch takes apart (Embedded Metric Format).
 * Dimensions are few and bounded: doc types, outcomes, models. No job and no user is among them.
 */
public final class EmfMetrics {

  /** As the dashboard of the CDK app has it. */
  private static final String NAMESPACE = "Billstep";

  private final Metrics metrics = MetricsFactory.getMetricsInstance();

  /** The store, counting the pages that it writes. */
  public DocStore counting(DocStore store) {
    return (run, docs, ending) -> {
      store.persist(run, docs, ending);
      docs.forEach(this::count);
    };
  }

  /** The ledger, counting the calls that it notes. */
  public CallLedger counting(CallLedger ledger) {
    return (jobId, calls) -> {
      ledger.record(jobId, calls);
      calls.forEach(this::count);
    };
  }

  private void count(Doc doc) {
    write(
      Map.of(
        "doc_type",
        doc.docType().label(),
        "outcome",
        doc.error().isEmpty() ? "read" : "unread"
      ),
      List.of(new Value("PagesProcessed", 1, MetricUnit.COUNT))
    );
  }

  private void count(ModelCall call) {
    write(
      Map.of("model", call.modelId(), "outcome", call.outcome()),
      List.of(
        new Value("ModelCalls", 1, MetricUnit.COUNT),
        new Value("ModelLatency", call.elapsedMs(), MetricUnit.MILLISECONDS),
        new Value("InputTokens", call.inputTokens(), MetricUnit.COUNT),
        new Value("OutputTokens", call.outputTokens(), MetricUnit.COUNT),
        new Value("CostUsd", call.costUsd().doubleValue(), MetricUnit.NONE)
      )
    );
  }

  private void write(Map<String, String> dimensions, List<Value> values) {
    metrics.flushMetrics(line -> {
      line.setNamespace(NAMESPACE);
      line.setDefaultDimensions(DimensionSet.of(dimensions));
      values.forEach(value -> line.addMetric(value.name(), value.amount(), value.unit()));
    });
  }

  private record Value(String name, double amount, MetricUnit unit) {}
}
