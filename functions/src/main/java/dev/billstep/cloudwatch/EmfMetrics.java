package dev.billstep.cloudwatch;

import dev.billstep.doc.Doc;
import dev.billstep.doc.DocStore;
import dev.billstep.event.Delivery;
import dev.billstep.event.Outbox;
import dev.billstep.event.Settlement;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.ModelCall;
import dev.billstep.watch.SweepRounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Writes metrics as lines of a function's log, which CloudWatch takes apart (Embedded Metric Format).
 * Dimensions are few and bounded: doc types, outcomes, models. No job and no user is among them.
 */
public final class EmfMetrics {

  /** As the dashboard and the alarms of the CDK app have it. */
  public static final String NAMESPACE = "Billstep";

  /** How long a sweep has been at its round, in seconds. */
  public static final String SWEEP_ROUND_AGE = "SweepRoundAge";

  /** The dimension of {@link #SWEEP_ROUND_AGE}: which sweep. */
  public static final String SWEEP = "sweep";

  /** Events that were sent or given up. */
  public static final String EVENTS = "Events";

  /** The dimension of {@link #EVENTS}: what has become of them. */
  public static final String OUTCOME = "outcome";

  /** The value of {@link #OUTCOME} of those that a receiver does not have. */
  public static final String GIVEN_UP = "given_up";

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

  /** The outbox, counting the events that leave it for good. */
  public Outbox counting(Outbox outbox) {
    return new Outbox() {
      @Override
      public List<Delivery> take(int limit, Duration hold) {
        return outbox.take(limit, hold);
      }

      @Override
      public void settle(Delivery delivery, Settlement settlement) {
        outbox.settle(delivery, settlement);
        switch (settlement) {
          case Settlement.Sent sent -> countEvent("sent");
          case Settlement.GivenUp givenUp -> countEvent(GIVEN_UP);
          case Settlement.Later later -> {
            // It is still on its way.
          }
          case Settlement.Unwanted unwanted -> {
            // It was on its way to nobody.
          }
        }
      }
    };
  }

  private void countEvent(String outcome) {
    write(Map.of(OUTCOME, outcome), List.of(new Value(EVENTS, 1, MetricUnit.COUNT)));
  }

  /** The rounds, with the age of each at every call that goes on with it: zero where it begins. */
  public SweepRounds timing(SweepRounds rounds) {
    return new SweepRounds() {
      @Override
      public Optional<Held> hold(String sweep, Duration atMost, Duration rest) {
        var held = rounds.hold(sweep, atMost, rest);
        held.ifPresent(EmfMetrics.this::note);
        return held;
      }

      @Override
      public void move(Held held, Place place) {
        rounds.move(held, place);
      }

      @Override
      public void leave(Held held, boolean isFinished) {
        rounds.leave(held, isFinished);
      }
    };
  }

  private void note(SweepRounds.Held held) {
    write(
      Map.of(SWEEP, held.sweep()),
      List.of(new Value(SWEEP_ROUND_AGE, held.age().toSeconds(), MetricUnit.SECONDS))
    );
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
    Powertools.METRICS.flushMetrics(line -> {
      line.setNamespace(NAMESPACE);
      line.setDefaultDimensions(DimensionSet.of(dimensions));
      values.forEach(value -> line.addMetric(value.name(), value.amount(), value.unit()));
    });
  }

  /** Loaded with the first line that is written: a function that counts nothing goes without. */
  private static final class Powertools {

    static final Metrics METRICS = MetricsFactory.getMetricsInstance();
  }

  private record Value(String name, double amount, MetricUnit unit) {}
}
