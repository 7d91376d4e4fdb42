package dev.billstep.infra;

import dev.billstep.deployment.StackOutput;
import dev.billstep.deployment.StackParameter;
import dev.billstep.job.UploadKey;
import dev.billstep.lambda.Composition;
import dev.billstep.storage.PageKeys;
import dev.billstep.webhook.Reach;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** What a deployment changes: functions, state machine, and the rules that join them. */
final class PipelineStack extends Stack {

  /** What EventBridge could not deliver waits for an operator that long: SQS keeps no longer. */
  private static final Duration UNDELIVERED_KEPT = Duration.days(14);

  private final Stage stage;
  private final Target target;
  private final DataStack data;
  private final StateMachine stateMachine;
  private final Queue undelivered;
  private final SequencedMap<PipelineFunction, IFunction> watching;

  PipelineStack(
    Construct scope,
    String id,
    StackProps props,
    Stage stage,
    Target target,
    DataStack data,
    Path definition
  ) {
    super(scope, id, props);
    this.stage = stage;
    this.target = target;
    this.data = data;
    this.undelivered = Queue.Builder.create(this, "Undelivered")
      .encryption(QueueEncryption.SQS_MANAGED)
      .enforceSsl(true)
      .retentionPeriod(UNDELIVERED_KEPT)
      .build();
    var factory = new FunctionFactory(this, stage, target, data, environment());
    this.stateMachine = stateMachine(
      definition,
      PipelineFunction.ofStates()
        .stream()
        .collect(inTheirOrder(each -> each, factory::make))
    );
    uploadRule();
    this.watching = watch(factory);
    serveMetrics(factory.make(PipelineFunction.METRICS));
    Outputs.add(this, StackOutput.STATE_MACHINE, stateMachine.getStateMachineArn());
    Outputs.add(this, StackOutput.UNDELIVERED, undelivered.getQueueUrl());
    Outputs.add(
      this,
      StackOutput.CONSOLE,
      "https://%s.console.aws.amazon.com/states/home#/statemachines/view/%s".formatted(
        getRegion(),
        stateMachine.getStateMachineArn()
      )
    );
  }

  private Map<String, String> environment() {
    var supabaseUrl = CfnParameter.Builder.create(this, StackParameter.SUPABASE_URL.key())
      .description("The Supabase project's URL, such as https://abc.supabase.co")
      .build();
    var pagesRoot = switch (target) {
      case Target.Aws aws -> "s3://" + data.pages().getBucketName();
      case Target.Embedded embedded -> CfnParameter.Builder.create(
        this,
        StackParameter.PAGES_ROOT.key()
      )
        .description("Where pages are kept: s3://{bucket} or file:///{folder}")
        .build()
        .getValueAsString();
    };
    var environment = new TreeMap<>(
      Map.of(
        Composition.SUPABASE_URL,
        supabaseUrl.getValueAsString(),
        Composition.SECRET_ID,
        data.keys().getSecretArn(),
        Composition.PAGES_ROOT,
        pagesRoot
      )
    );
    target.witness().ifPresent(name -> environment.put(Composition.WITNESS, name));
    return environment;
  }

  private StateMachine stateMachine(
    Path definition,
    SequencedMap<PipelineFunction, IFunction> functions
  ) {
    var logs = LogGroup.Builder.create(this, "ProcessDocumentLogs")
      .retention(stage.logRetention())
      .removalPolicy(RemovalPolicy.DESTROY)
      .build();
    var machine = StateMachine.Builder.create(this, "ProcessDocument")
      .definitionBody(DefinitionBody.fromFile(definition.toString()))
      .definitionSubstitutions(
        functions
          .entrySet()
          .stream()
          .collect(
            inTheirOrder(
              each -> each.getKey().substitution(),
              each -> each.getValue().getFunctionArn()
            )
          )
      )
      .tracingEnabled(true)
      .logs(
        LogOptions.builder()
          .destination(logs)
          .level(LogLevel.ALL)
          .includeExecutionData(stage.logsPayloads())
          .build()
      )
      .build();
    functions.values().forEach(function -> function.grantInvoke(machine));
    allowDistributedMap(machine);
    return machine;
  }

  /**
   * A policy of its own: the state machine's ARN is not known to the policy that it waits for. A batch's
   * execution has the map's label and an id after the name, {@code NAME/LABEL:ID}; the guide's own
   * example allows {@code NAME:*} (AWS Step Functions developer guide, "IAM policies for using
   * Distributed Map states"). Both are allowed.
   */
  private void allowDistributedMap(StateMachine machine) {
    var executions = Stream.of("/*", ":*")
      .map(id ->
        formatArn(
          ArnComponents.builder()
            .service("states")
            .resource("execution")
            .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
            .resourceName(machine.getStateMachineName() + id)
            .build()
        )
      )
      .toList();
    Policy.Builder.create(this, "ProcessDocumentBatches")
      .roles(List.of(machine.getRole()))
      .statements(
        List.of(
          FunctionFactory.allowing(
            List.of("states:StartExecution"),
            List.of(machine.getStateMachineArn())
          ),
          FunctionFactory.allowing(
            List.of("states:DescribeExecution", "states:StopExecution"),
            executions
          )
        )
      )
      .build();
  }

  private void uploadRule() {
    Rule.Builder.create(this, "UploadCreated")
      .description("An upload starts the state machine")
      .eventPattern(
        EventPattern.builder()
          .source(List.of("aws.s3"))
          .detailType(List.of("Object Created"))
          .detail(
            inOrder(
              Map.of(
                "bucket",
                Map.of("name", List.of(data.uploads().getBucketName())),
                "object",
                Map.of("key", List.of(Map.of("prefix", UploadKey.PREFIX)))
              )
            )
          )
          .build()
      )
      .targets(
        List.of(SfnStateMachine.Builder.create(stateMachine).deadLetterQueue(undelivered).build())
      )
      .build();
  }

  /** A map's own order differs from synthesis to synthesis, and each would be a deployment. */
  private static <T, K, V> Collector<T, ?, SequencedMap<K, V>> inTheirOrder(
    Function<T, K> key,
    Function<T, V> value
  ) {
    return Collectors.toMap(key, value, (one, other) -> one, LinkedHashMap::new);
  }

  /** Likewise. */
  private static SortedMap<String, Object> inOrder(Map<String, ?> detail) {
    return new TreeMap<>(detail);
  }

  /** What makes a job's status true even where its execution can't. */
  private SequencedMap<PipelineFunction, IFunction> watch(FunctionFactory factory) {
    var ended = factory.make(PipelineFunction.EXECUTION_ENDED);
    Rule.Builder.create(this, "ExecutionEndedBadly")
      .description("A failed, timed-out or stopped execution fails its job")
      .eventPattern(
        EventPattern.builder()
          .source(List.of("aws.states"))
          .detailType(List.of("Step Functions Execution Status Change"))
          .detail(
            inOrder(
              Map.of(
                "stateMachineArn",
                List.of(stateMachine.getStateMachineArn()),
                "status",
                List.of("FAILED", "TIMED_OUT", "ABORTED")
              )
            )
          )
          .build()
      )
      .targets(List.of(target(ended)))
      .build();
    var starting = Map.of(Composition.STATE_MACHINE_ARN, stateMachine.getStateMachineArn());
    var resume = factory.make(PipelineFunction.RESUME, starting);
    var sweepJobs = factory.make(PipelineFunction.SWEEP_JOBS, starting);
    stateMachine.grantStartExecution(resume);
    stateMachine.grantStartExecution(sweepJobs);
    var sweepBlobs = factory.make(PipelineFunction.SWEEP_BLOBS);
    var sweepHistory = factory.make(PipelineFunction.SWEEP_HISTORY);
    every(Duration.minutes(1), resume, "ResumeJobs");
    every(Duration.minutes(5), sweepJobs, "SweepOverdueJobs");
    every(Duration.hours(1), sweepBlobs, "SweepOrphans");
    every(Duration.minutes(5), sweepHistory, "SweepOldHistory");
    var sendEvents = sendEvents(factory);
    every(Duration.minutes(1), sendEvents, "SendDueEvents");
    Outputs.add(this, StackOutput.SWEEP_BLOBS, sweepBlobs.getFunctionArn());
    Outputs.add(this, StackOutput.SEND_EVENTS, sendEvents.getFunctionArn());
    var watching = new LinkedHashMap<PipelineFunction, IFunction>();
    watching.put(PipelineFunction.EXECUTION_ENDED, ended);
    watching.put(PipelineFunction.RESUME, resume);
    watching.put(PipelineFunction.SWEEP_JOBS, sweepJobs);
    watching.put(PipelineFunction.SWEEP_BLOBS, sweepBlobs);
    watching.put(PipelineFunction.SWEEP_HISTORY, sweepHistory);
    watching.put(PipelineFunction.SEND_EVENTS, sendEvents);
    return watching;
  }

  /**
   * In AWS they go to a bus as well, and from there wherever its rules send them. On one machine nobody adds
   * rules: its webhook may reach that machine instead.
   */
  private IFunction sendEvents(FunctionFactory factory) {
    var bus = EventBus.Builder.create(this, "Events")
      // Or it would have the same name in each stack that is made of this template.
      .eventBusName(Aws.STACK_NAME + "-events")
      .description("Billstep: what has become of jobs and pages")
      .build();
    var own = switch (target) {
      case Target.Aws aws -> Map.of(Composition.EVENT_BUS, bus.getEventBusName());
      case Target.Embedded embedded -> Map.of(Composition.WEBHOOK_REACH, Reach.MACHINE.name());
    };
    var function = factory.make(PipelineFunction.SEND_EVENTS, own);
    bus.grantPutEventsTo(function);
    Outputs.add(this, StackOutput.EVENT_BUS, bus.getEventBusName());
    return function;
  }

  /** For who may call it and signs the request: there is no page in it, no user and no job. */
  private void serveMetrics(IFunction metrics) {
    var url = metrics.addFunctionUrl(
      FunctionUrlOptions.builder().authType(FunctionUrlAuthType.AWS_IAM).build()
    );
    Outputs.add(this, StackOutput.METRICS_URL, url.getUrl());
  }

  private void every(Duration period, IFunction function, String id) {
    Rule.Builder.create(this, id)
      .schedule(Schedule.rate(period))
      .targets(List.of(target(function)))
      .build();
  }

  private LambdaFunction target(IFunction function) {
    return LambdaFunction.Builder.create(function).deadLetterQueue(undelivered).build();
  }

  StateMachine stateMachine() {
    return stateMachine;
  }

  Queue undelivered() {
    return undelivered;
  }

  /** The functions that watch over jobs from outside the state machine. */
  SequencedMap<PipelineFunction, IFunction> watching() {
    return watching;
  }
}
