package dev.billstep.infra;

import dev.billstep.deployment.StackOutput;
import dev.billstep.deployment.StackParameter;
import dev.billstep.review.ProjectPage;
import dev.billstep.review.ReviewHandler;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The review page for the users of the Supabase project, where it is wanted. Nothing depends on it. */
final class ReviewStack extends Stack {

  /** So many requests are under way at most: what strangers can have it cost has an end. A browser makes six. */
  private static final int AT_ONCE = 20;

  private static final int MEMORY_MB = 1024;

  /** Longer than a request to Supabase may take with its repetitions. */
  private static final Duration LONGEST = Duration.seconds(80);

  /**
   * Makes the stack.
   *
   * @param code the artifact of the page
   */
  ReviewStack(
    Construct scope,
    String id,
    StackProps props,
    Stage stage,
    Path code,
    DataStack data
  ) {
    super(scope, id, props);
    var logs = LogGroup.Builder.create(this, "ReviewLogs")
      .retention(stage.logRetention())
      .removalPolicy(RemovalPolicy.DESTROY)
      .build();
    var role = FunctionFactory.role(this, "Review", logs);
    FunctionFactory.readPages(role, data);
    var function = Function.Builder.create(this, "Review")
      .description("Billstep: the review page, by its users' own tokens")
      .code(Code.fromAsset(code.toString()))
      .handler(ReviewHandler.class.getName())
      .runtime(Runtime.JAVA_25)
      .architecture(Architecture.ARM_64)
      .memorySize(MEMORY_MB)
      .timeout(LONGEST)
      .reservedConcurrentExecutions(AT_ONCE)
      .environment(environment(data))
      .role(role)
      .logGroup(logs)
      .tracing(Tracing.ACTIVE)
      .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
      .build();
    var url = Alias.Builder.create(this, "ReviewLive")
      .aliasName(FunctionFactory.ALIAS)
      .version(function.getCurrentVersion())
      .build()
      // Who may see what the function has the database say, by the token that it is shown.
      .addFunctionUrl(FunctionUrlOptions.builder().authType(FunctionUrlAuthType.NONE).build());
    Outputs.add(this, StackOutput.REVIEW_URL, url.getUrl());
  }

  private Map<String, String> environment(DataStack data) {
    var url = CfnParameter.Builder.create(this, StackParameter.SUPABASE_URL.key())
      .description("The Supabase project's URL, such as https://abc.supabase.co")
      .build();
    var key = CfnParameter.Builder.create(this, StackParameter.SUPABASE_ANON_KEY.key())
      .description("The Supabase project's key that is everybody's: anon, or sb_publishable_…")
      .minLength(1)
      .build();
    return new TreeMap<>(
      Map.of(
        ProjectPage.SUPABASE_URL,
        url.getValueAsString(),
        ProjectPage.SUPABASE_ANON_KEY,
        key.getValueAsString(),
        ProjectPage.PAGES_ROOT,
        "s3://" + data.pages().getBucketName()
      )
    );
  }
}
