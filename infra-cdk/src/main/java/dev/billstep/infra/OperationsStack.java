package dev.billstep.infra;

import dev.billstep.cloudwatch.EmfMetrics;
import dev.billstep.deployment.StackOutput;
import dev.billstep.watch.SweepBlobs;
import dev.billstep.watch.SweepHistory;
import dev.billstep.watch.SweepJobs;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** What tells people: alarms to a topic, and one dashboard. Nothing else depends on it. */
final class OperationsStack extends Stack {

  private static final Duration PERIOD = Duration.minutes(5);

  /** Executions that may fail in {@link #PERIOD} before somebody is called. */
  private static final int FAILURES = 3;

  /**
   * By sweep: how long a round may go on. Jobs are swept every five minutes, in one call mostly; of
   * blobs and of history there may be so much that it takes a day's calls.
   */
  private static final SortedMap<String, Duration> LONGEST_ROUNDS = new TreeMap<>(
    Map.of(
      SweepJobs.NAME,
      Duration.hours(1),
      SweepBlobs.NAME,
      Duration.days(1),
      SweepHistory.NAME,
      Duration.days(1)
    )
  );

  private final Topic topic;

  OperationsStack(Construct scope, String id, StackProps props, PipelineStack pipeline) {
    super(scope, id, props);
    this.topic = Topic.Builder.create(this, "Alarms")
      .displayName("Billstep's alarms")
      .masterKey(topicKey())
      .enforceSsl(true)
      .build();
    var machine = pipeline.stateMachine();
    var failed = machine.metricFailed(sum());
    alarm("ExecutionsFail", failed, FAILURES, "Jobs end in errors; docs/runbook.md, \"Errors\".");
    alarm(
      "ExecutionsTimeOut",
      machine.metricTimedOut(sum()),
      1,
      "A job took longer than the state machine allows; docs/runbook.md."
    );
    alarm(
      "StartsAreThrottled",
      machine.metricThrottled(sum()),
      1,
      "Step Functions is throttling starts or transitions: docs/scaling.md."
    );
    var undelivered = pipeline
      .undelivered()
      .metricApproximateNumberOfMessagesVisible(
        MetricOptions.builder().statistic("Maximum").period(PERIOD).build()
      );
    alarm(
      "EventsAreUndelivered",
      undelivered,
      1,
      "An upload or a status change could not be delivered; docs/runbook.md, \"Undelivered events\"."
    );
    alarm(
      "EventsAreGivenUp",
      Metric.Builder.create()
        .namespace(EmfMetrics.NAMESPACE)
        .metricName(EmfMetrics.EVENTS)
        .dimensionsMap(Map.of(EmfMetrics.OUTCOME, EmfMetrics.GIVEN_UP))
        .statistic("Sum")
        .period(PERIOD)
        .build(),
      1,
      "A receiver was not told for three days: docs/runbook.md, \"A webhook is not taken\"."
    );
    pipeline.watching().forEach(this::alarmOnErrors);
    LONGEST_ROUNDS.forEach(this::alarmOnRound);
    Dashboard.Builder.create(this, "Dashboard")
      .dashboardName(id)
      .widgets(
        List.of(
          List.of(
            graph(
              "Jobs",
              machine.metricStarted(sum()),
              machine.metricSucceeded(sum()),
              failed,
              machine.metricTimedOut(sum()),
              machine.metricAborted(sum())
            ),
            graph("Time a job takes", machine.metricTime(p(50)), machine.metricTime(p(99)))
          ),
          List.of(
            graph("Pages by type and outcome", search("PagesProcessed", "Sum")),
            graph("Model calls by outcome", search("ModelCalls", "Sum"))
          ),
          List.of(
            graph("Tokens", search("InputTokens", "Sum"), search("OutputTokens", "Sum")),
            graph("Cost, US dollars", search("CostUsd", "Sum"))
          ),
          List.of(
            graph("Undelivered events", undelivered),
            graph(
              "Errors of the watching functions",
              pipeline
                .watching()
                .values()
                .stream()
                .map(each -> each.metricErrors(sum()))
                .toArray(IMetric[]::new)
            )
          )
        )
      )
      .build();
    Outputs.add(this, StackOutput.ALARM_TOPIC, topic.getTopicArn());
    Outputs.add(
      this,
      StackOutput.DASHBOARD_LINK,
      "https://%1$s.console.aws.amazon.com/cloudwatch/home?region=%1$s#dashboards/dashboard/%2$s".formatted(
        getRegion(),
        id
      )
    );
  }

  /** CloudWatch publishes under a key of ours alone: it can't use the one that SNS has. */
  private Key topicKey() {
    var key = Key.Builder.create(this, "TopicKey")
      .description("Billstep: alarms")
      .enableKeyRotation(true)
      .build();
    key.addToResourcePolicy(
      PolicyStatement.Builder.create()
        .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
        .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
        .resources(List.of("*"))
        .build()
    );
    return key;
  }

  /** One that does not come to its end leaves somebody waiting whom it has not come to. */
  private void alarmOnRound(String sweep, Duration longest) {
    alarm(
      "%sSweepDoesNotFinish".formatted(sweep),
      Metric.Builder.create()
        .namespace(EmfMetrics.NAMESPACE)
        .metricName(EmfMetrics.SWEEP_ROUND_AGE)
        .dimensionsMap(Map.of(EmfMetrics.SWEEP, sweep))
        .statistic("Maximum")
        .period(PERIOD)
        .build(),
      Math.toIntExact(longest.toSeconds().longValue()),
      "A sweep has been at the same round for too long: docs/runbook.md, \"A sweep does not finish\"."
    );
  }

  private void alarmOnErrors(PipelineFunction watching, IFunction function) {
    // What is called in every period is called again in the next one; of the others a failure is all
    // that there is to see.
    Alarm.Builder.create(this, function.getNode().getId() + "Fails")
      .metric(function.metricErrors(sum()))
      .threshold(1)
      .evaluationPeriods(watching.isRare() ? 1 : 2)
      .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
      .treatMissingData(TreatMissingData.NOT_BREACHING)
      .alarmDescription("Jobs may wait or hang: docs/runbook.md, \"The watch fails\".")
      .build()
      .addAlarmAction(new SnsAction(topic));
  }

  private void alarm(String id, IMetric metric, int threshold, String description) {
    Alarm.Builder.create(this, id)
      .metric(metric)
      .threshold(threshold)
      .evaluationPeriods(1)
      .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
      .treatMissingData(TreatMissingData.NOT_BREACHING)
      .alarmDescription(description)
      .build()
      .addAlarmAction(new SnsAction(topic));
  }

  private static MetricOptions sum() {
    return MetricOptions.builder().statistic("Sum").period(PERIOD).build();
  }

  private static MetricOptions p(int percentile) {
    return MetricOptions.builder()
      .statistic("p" + percentile)
      .period(PERIOD)
      .build();
  }

  /** All series of a metric of the functions' own, whatever their dimensions. */
  private static MathExpression search(String metric, String statistic) {
    return MathExpression.Builder.create()
      .expression(
        "SEARCH('Namespace=\"Billstep\" MetricName=\"%s\"', '%s')".formatted(metric, statistic)
      )
      .usingMetrics(Map.of())
      .period(PERIOD)
      .label("")
      .build();
  }

  private static IWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create()
      .title(title)
      .width(12)
      .left(Stream.of(metrics).toList())
      .build();
  }
}
