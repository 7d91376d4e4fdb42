package dev.billstep.infra;

import dev.billstep.infra.PipelineFunction.Need;
import dev.billstep.job.UploadKey;
import dev.billstep.lambda.Composition;
import dev.billstep.storage.PageKeys;
import dev.billstep.textract.TextractWitness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;

/** Makes the pipeline's functions, each with a role that allows what it needs and nothing else. */
final class FunctionFactory {

  /** What is called: a published version, so that SnapStart has something to start from. */
  static final String ALIAS = "live";

  private final Stack stack;
  private final Stage stage;
  private final Target target;
  private final DataStack data;
  private final Map<String, String> environment;
  private final Optional<ILayerVersion> rules;

  FunctionFactory(
    Stack stack,
    Stage stage,
    Target target,
    DataStack data,
    Map<String, String> environment
  ) {
    this.stack = stack;
    this.stage = stage;
    this.target = target;
    this.data = data;
    this.environment = environment;
    this.rules = target
      .rules()
      .map(folder ->
        LayerVersion.Builder.create(stack, "Rules")
          .description("Billstep: what a page is, by its words")
          .code(Code.fromAsset(folder.toString()))
          .compatibleRuntimes(List.of(Runtime.JAVA_25))
          .build()
      );
  }

  /** A function, to be called by what is returned. */
  IFunction make(PipelineFunction wanted) {
    return make(wanted, Map.of());
  }

  /**
   * A function with variables of its own.
   *
   * @param ownEnvironment beside those that all functions have
   */
  IFunction make(PipelineFunction wanted, Map<String, String> ownEnvironment) {
    var logs = LogGroup.Builder.create(stack, wanted.id() + "Logs")
      .retention(stage.logRetention())
      .removalPolicy(RemovalPolicy.DESTROY)
      .build();
    var role = role(wanted, logs);
    var builder = Function.Builder.create(stack, wanted.id())
      .code(Code.fromAsset(target.code().toString()))
      .handler(wanted.handler().getName())
      .memorySize(wanted.memoryMb())
      .timeout(Duration.seconds(wanted.timeoutSeconds()))
      .environment(environment)
      .role(role)
      .logGroup(logs)
      .tracing(Tracing.ACTIVE);
    wanted
      .share()
      .flatMap(share -> stage.model().requestsAtOnce(share))
      .ifPresent(builder::reservedConcurrentExecutions);
    var function = switch (target) {
      case Target.Aws aws -> {
        builder.runtime(Runtime.JAVA_25).architecture(Architecture.ARM_64);
        if (wanted.needs(Need.RULES)) {
          builder.layers(rules.stream().toList());
        }
        if (!wanted.isRare()) {
          builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        }
        yield builder.build();
      }
      case Target.Embedded embedded -> builder.runtime(Runtime.PROVIDED_AL2023).build();
    };
    ownEnvironment.forEach(function::addEnvironment);
    if (wanted.needs(Need.FIND_UPLOADS) || wanted.needs(Need.DELETE_BLOBS)) {
      function.addEnvironment(Composition.UPLOAD_BUCKET, data.uploads().getBucketName());
    }
    return Alias.Builder.create(stack, wanted.id() + "Live")
      .aliasName(ALIAS)
      .version(function.getCurrentVersion())
      .build();
  }

  private Role role(PipelineFunction wanted, LogGroup logs) {
    var role = role(stack, wanted.id(), logs);
    allow(role, List.of("secretsmanager:GetSecretValue"), List.of(data.keys().getSecretArn()));
    data.key().grant(role, "kms:Decrypt");
    // In order: a set's own differs from synthesis to synthesis, and each would be a deployment.
    wanted
      .needs()
      .stream()
      .sorted()
      .forEach(need -> grant(role, need));
    return role;
  }

  /** That of a function which may log and trace what it does, and nothing else. */
  static Role role(Stack stack, String function, LogGroup logs) {
    var role = Role.Builder.create(stack, function + "Role")
      .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
      .description("What " + function + " may touch")
      .build();
    logs.grantWrite(role);
    allow(role, List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), List.of("*"));
    return role;
  }

  /** Lets a function read what is kept of pages. */
  static void readPages(Role role, DataStack data) {
    data.key().grant(role, "kms:Decrypt");
    list(role, "s3:ListBucket", data.pages(), PageKeys.PREFIX);
    allow(
      role,
      List.of("s3:GetObject"),
      List.of(data.pages().arnForObjects(PageKeys.PREFIX + "*"))
    );
  }

  private void grant(Role role, Need need) {
    switch (need) {
      case FIND_UPLOADS -> list(role, "s3:ListBucketVersions", data.uploads(), UploadKey.PREFIX);
      case READ_UPLOADS -> {
        // Listing is what makes S3 answer "no such key" rather than "forbidden".
        list(role, "s3:ListBucket", data.uploads(), UploadKey.PREFIX);
        allow(
          role,
          List.of("s3:GetObject", "s3:GetObjectVersion"),
          List.of(data.uploads().arnForObjects(UploadKey.PREFIX + "*"))
        );
      }
      case READ_PAGES -> readPages(role, data);
      case WRITE_PAGES -> {
        allow(
          role,
          List.of("s3:PutObject"),
          List.of(data.pages().arnForObjects(PageKeys.PREFIX + "*"))
        );
        data.key().grant(role, "kms:GenerateDataKey");
      }
      case DELETE_BLOBS -> {
        list(role, "s3:ListBucket", data.uploads(), UploadKey.PREFIX);
        list(role, "s3:ListBucket", data.pages(), PageKeys.PREFIX);
        allow(
          role,
          List.of("s3:DeleteObject"),
          List.of(
            data.uploads().arnForObjects(UploadKey.PREFIX + "*"),
            data.pages().arnForObjects(PageKeys.PREFIX + "*")
          )
        );
      }
      case ASK_MODELS -> allow(role, List.of("bedrock:InvokeModel"), models());
      case ASK_WITNESS -> {
        // Textract's calls can't be limited to resources (Service Authorization Reference).
        if (target.witness().filter(TextractWitness.NAME::equals).isPresent()) {
          allow(role, List.of("textract:DetectDocumentText"), List.of("*"));
        }
      }
      case RULES -> {
        // A layer, which is no permission.
      }
      case START_EXECUTIONS -> {
        // The state machine grants that: its ARN is not known yet.
      }
      case PUT_EVENTS -> {
        // The bus grants that.
      }
    }
  }

  /**
   * Any model of Bedrock: the settings say which. An inference profile of the account hands calls
   * on to the models of several regions (Amazon Bedrock user guide, "Prerequisites for inference
   * profiles"); a global one also to models that are named without a region.
   */
  private List<String> models() {
    return List.of(
      "arn:aws:bedrock:*::foundation-model/*",
      "arn:aws:bedrock:::foundation-model/*",
      "arn:aws:bedrock:*:%s:inference-profile/*".formatted(stack.getAccount())
    );
  }

  private static void list(Role role, String action, Bucket bucket, String prefix) {
    role.addToPolicy(
      PolicyStatement.Builder.create()
        .actions(List.of(action))
        .resources(List.of(bucket.getBucketArn()))
        .conditions(Map.of("StringLike", Map.of("s3:prefix", List.of(prefix + "*"))))
        .build()
    );
  }

  private static void allow(Role role, List<String> actions, List<String> resources) {
    role.addToPolicy(allowing(actions, resources));
  }

  static PolicyStatement allowing(List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().actions(actions).resources(resources).build();
  }
}
