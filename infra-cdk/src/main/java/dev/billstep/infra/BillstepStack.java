package dev.billstep.infra;

import dev.billstep.infra.PipelineFunction.Need;
import dev.billstep.lambda.Composition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** Buckets, secret, functions, state machine, and the rule that joins them. */
public final class BillstepStack extends Stack {

  private static final String UPLOADS = "uploads/";
  private static final String PAGES = "jobs/";

  private static final int EMBEDDED_CONCURRENCY = 4;

  private final Target target;
  private final Bucket uploads;
  private final Bucket pages;
  private final Secret keys;
  private final Map<String, String> environment;

  public BillstepStack(
    Construct scope,
    String id,
    @Nullable StackProps props,
    Target target,
    Path definition
  ) {
    super(scope, id, props);
    this.target = target;
    this.uploads = uploadBucket();
    this.pages = bucket("Pages").build();
    this.keys = Secret.Builder.create(this, "Keys")
      .description("JSON: supabase_key, and the keys of model providers")
      .generateSecretString(
        SecretStringGenerator.builder()
          .secretStringTemplate("{}")
          .generateStringKey("replace_me")
          .build()
      )
      .build();
    this.environment = environment();
    var stateMachine = stateMachine(definition, functionsOfStates());
    uploadRule(stateMachine);
    watch(stateMachine);
    output("UploadBucket", uploads.getBucketName());
    output("PageBucket", pages.getBucketName());
    output("StateMachine", stateMachine.getStateMachineArn());
    output("KeysSecret", keys.getSecretArn());
  }

  private Bucket uploadBucket() {
    var bucket = bucket("Uploads").build();
    // The L2 property needs a Lambda of its own to set this; the resource's property does not.
    var resource = (CfnBucket) bucket.getNode().getDefaultChild();
    resource.addPropertyOverride(
      "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled",
      true
    );
    return bucket;
  }

  private Bucket.Builder bucket(String id) {
    return Bucket.Builder.create(this, id)
      .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
      .encryption(BucketEncryption.S3_MANAGED)
      .enforceSsl(true)
      .versioned(true)
      .lifecycleRules(
        List.of(
          LifecycleRule.builder()
            .abortIncompleteMultipartUploadAfter(Duration.days(7))
            .noncurrentVersionExpiration(Duration.days(30))
            .build()
        )
      )
      .removalPolicy(RemovalPolicy.RETAIN);
  }

  private Map<String, String> environment() {
    var supabaseUrl = CfnParameter.Builder.create(this, "SupabaseUrl")
      .description("The Supabase project's URL, such as https://abc.supabase.co")
      .build();
    var pagesRoot = switch (target) {
      case Target.Aws aws -> "s3://" + pages.getBucketName();
      case Target.Embedded embedded -> CfnParameter.Builder.create(this, "PagesRoot")
        .description("Where pages are kept: s3://{bucket} or file:///{folder}")
        .build()
        .getValueAsString();
    };
    return Map.of(
      Composition.SUPABASE_URL,
      supabaseUrl.getValueAsString(),
      Composition.SECRET_ID,
      keys.getSecretArn(),
      Composition.PAGES_ROOT,
      pagesRoot
    );
  }

  private Map<PipelineFunction, Function> functionsOfStates() {
    return PipelineFunction.ofStates()
      .stream()
      .collect(Collectors.toMap(each -> each, this::function));
  }

  private Function function(PipelineFunction wanted) {
    var logs = LogGroup.Builder.create(this, wanted.id() + "Logs")
      .retention(RetentionDays.ONE_MONTH)
      .removalPolicy(RemovalPolicy.DESTROY)
      .build();
    var builder = Function.Builder.create(this, wanted.id())
      .code(Code.fromAsset(target.code().toString()))
      .handler(wanted.handler().getName())
      .memorySize(wanted.memoryMb())
      .timeout(Duration.seconds(wanted.timeoutSeconds()))
      .environment(environment)
      .logGroup(logs)
      .tracing(Tracing.ACTIVE);
    var function = switch (target) {
      case Target.Aws aws -> builder
        .runtime(Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .build();
      case Target.Embedded embedded -> builder.runtime(Runtime.PROVIDED_AL2023).build();
    };
    grant(function, wanted);
    return function;
  }

  private void grant(Function function, PipelineFunction wanted) {
    keys.grantRead(function);
    if (wanted.needs(Need.FIND_UPLOADS)) {
      function.addEnvironment(Composition.UPLOAD_BUCKET, uploads.getBucketName());
      list(function, "s3:ListBucketVersions", uploads, UPLOADS);
    }
    if (wanted.needs(Need.READ_UPLOADS)) {
      uploads.grantRead(function, UPLOADS + "*");
      allow(function, "s3:GetObjectVersion", uploads.arnForObjects(UPLOADS + "*"));
    }
    if (wanted.needs(Need.READ_PAGES)) {
      // Listing is what makes S3 answer "no such key" rather than "forbidden".
      pages.grantRead(function, PAGES + "*");
    }
    if (wanted.needs(Need.WRITE_PAGES)) {
      allow(function, "s3:PutObject", pages.arnForObjects(PAGES + "*"));
    }
    if (wanted.needs(Need.ASK_MODELS)) {
      grantModels(function);
    }
    if (wanted.needs(Need.DELETE_BLOBS)) {
      grantDeletion(function);
    }
  }

  /**
   * Any model of Bedrock: the settings say which. An inference profile of the account hands calls
   * on to the models of several regions (Amazon Bedrock user guide, "Prerequisites for inference
   * profiles").
   */
  private void grantModels(Function function) {
    function.addToRolePolicy(
      PolicyStatement.Builder.create()
        .actions(List.of("bedrock:InvokeModel"))
        .resources(
          List.of(
            "arn:aws:bedrock:*::foundation-model/*",
            "arn:aws:bedrock:*:%s:inference-profile/*".formatted(getAccount())
          )
        )
        .build()
    );
  }

  private void grantDeletion(Function function) {
    function.addEnvironment(Composition.UPLOAD_BUCKET, uploads.getBucketName());
    list(function, "s3:ListBucket", uploads, UPLOADS);
    list(function, "s3:ListBucket", pages, PAGES);
    allow(function, "s3:DeleteObject", uploads.arnForObjects(UPLOADS + "*"));
    allow(function, "s3:DeleteObject", pages.arnForObjects(PAGES + "*"));
  }

  private static void list(Function function, String action, Bucket bucket, String prefix) {
    function.addToRolePolicy(
      PolicyStatement.Builder.create()
        .actions(List.of(action))
        .resources(List.of(bucket.getBucketArn()))
        .conditions(Map.of("StringLike", Map.of("s3:prefix", List.of(prefix + "*"))))
        .build()
    );
  }

  private static void allow(Function function, String action, String resource) {
    function.addToRolePolicy(
      PolicyStatement.Builder.create().actions(List.of(action)).resources(List.of(resource)).build()
    );
  }

  private StateMachine stateMachine(Path definition, Map<PipelineFunction, Function> functions) {
    var logs = LogGroup.Builder.create(this, "ProcessDocumentLogs")
      .retention(RetentionDays.ONE_MONTH)
      .removalPolicy(RemovalPolicy.DESTROY)
      .build();
    var stateMachine = StateMachine.Builder.create(this, "ProcessDocument")
      .definitionBody(DefinitionBody.fromFile(ofTarget(definition).toString()))
      .definitionSubstitutions(
        functions
          .entrySet()
          .stream()
          .collect(
            Collectors.toMap(
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
          .includeExecutionData(false)
          .build()
      )
      .build();
    functions.values().forEach(function -> function.grantInvoke(stateMachine));
    return stateMachine;
  }

  /** The embedded stack's emulator knows no MaxConcurrencyPath and would start everything at once. */
  private Path ofTarget(Path definition) {
    return switch (target) {
      case Target.Aws aws -> definition;
      case Target.Embedded embedded -> {
        try {
          var text = Files.readString(definition).replaceAll(
            "\"MaxConcurrencyPath\": \"[^\"]+\"",
            "\"MaxConcurrency\": " + EMBEDDED_CONCURRENCY
          );
          yield Files.writeString(Files.createTempFile("process-document", ".asl.json"), text);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private void uploadRule(StateMachine stateMachine) {
    Rule.Builder.create(this, "UploadCreated")
      .description("An upload starts the state machine")
      .eventPattern(
        EventPattern.builder()
          .source(List.of("aws.s3"))
          .detailType(List.of("Object Created"))
          .detail(
            Map.of(
              "bucket",
              Map.of("name", List.of(uploads.getBucketName())),
              "object",
              Map.of("key", List.of(Map.of("prefix", UPLOADS)))
            )
          )
          .build()
      )
      .targets(List.of(SfnStateMachine.Builder.create(stateMachine).build()))
      .build();
  }

  /** What makes a job's status true even where its execution can't. */
  private void watch(StateMachine stateMachine) {
    Rule.Builder.create(this, "ExecutionEndedBadly")
      .description("A failed, timed-out or stopped execution fails its job")
      .eventPattern(
        EventPattern.builder()
          .source(List.of("aws.states"))
          .detailType(List.of("Step Functions Execution Status Change"))
          .detail(
            Map.of(
              "stateMachineArn",
              List.of(stateMachine.getStateMachineArn()),
              "status",
              List.of("FAILED", "TIMED_OUT", "ABORTED")
            )
          )
          .build()
      )
      .targets(List.of(new LambdaFunction(function(PipelineFunction.EXECUTION_ENDED))))
      .build();
    var resume = function(PipelineFunction.RESUME);
    resume.addEnvironment(Composition.STATE_MACHINE_ARN, stateMachine.getStateMachineArn());
    stateMachine.grantStartExecution(resume);
    every(Duration.minutes(1), resume, "ResumeJobs");
    every(Duration.minutes(5), function(PipelineFunction.SWEEP_JOBS), "SweepOverdueJobs");
    every(Duration.days(1), function(PipelineFunction.SWEEP_BLOBS), "SweepOrphans");
  }

  private void every(Duration period, Function function, String id) {
    Rule.Builder.create(this, id)
      .schedule(Schedule.rate(period))
      .targets(List.of(new LambdaFunction(function)))
      .build();
  }

  private void output(String id, String value) {
    CfnOutput.Builder.create(this, id + "Output")
      .value(value)
      .build()
      .overrideLogicalId(id + "Output");
  }
}
