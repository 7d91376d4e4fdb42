package dev.billstep.infra;

import dev.billstep.deployment.StackNames;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/**
 * Synthesizes the stacks for AWS and for the embedded stack. Under the {@code cdk} command, which
 * says where its output belongs, for AWS alone.
 */
public final class BillstepApp {

  /** The documents are Indian and stay there, whatever region the CDK command is set to. */
  private static final String REGION = "ap-south-1";

  /** Behaviour that the CDK has only where it is asked for; here, so that every synthesis agrees. */
  private static final Map<String, Object> FLAGS = Map.of(
    "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy",
    true,
    "@aws-cdk/aws-iam:minimizePolicies",
    true,
    "@aws-cdk/core:enablePartitionLiterals",
    true
  );

  private BillstepApp() {}

  /**
   * Synthesizes.
   *
   * @param args the state machine's definition, the functions' artifact, the embedded bootstrap's
   *     folder, the folder of the rules' layer, the review page's artifact, and the folder for the output
   */
  public static void main(String[] args) {
    var definition = Path.of(args[0]);
    var rules = Path.of(args[3]);
    var review = Path.of(args[4]);
    var out = Path.of(args[5]);
    var cdk = Optional.ofNullable(System.getenv("CDK_OUTDIR"));
    var aws = app(cdk.map(Path::of).orElse(out.resolve("cdk.out")));
    synth(
      aws,
      new Target.Aws(
        Path.of(args[1]),
        context(aws, "witness"),
        isWanted(aws, "classifyByWords") ? Optional.of(rules) : Optional.empty(),
        isWanted(aws, "reviewPage") ? Optional.of(review) : Optional.empty()
      ),
      definition
    );
    if (cdk.isEmpty()) {
      synth(app(out.resolve("cdk.embedded")), new Target.Embedded(Path.of(args[2])), definition);
    }
  }

  private static void synth(App app, Target target, Path definition) {
    var stage = Stage.named(
      context(app, "stage").orElse("dev"),
      new ModelRate(
        context(app, "modelRequestsPerMinute").map(Integer::parseInt).orElse(0),
        context(app, "secondsPerModelRequest").map(Integer::parseInt).orElse(0)
      )
    );
    Stacks.add(app, stage, target, definition);
    app.synth();
  }

  static App app(Path out) {
    return new App(
      AppProps.builder().outdir(out.toString()).analyticsReporting(false).context(FLAGS).build()
    );
  }

  private static boolean isWanted(App app, String key) {
    return context(app, key).filter("true"::equals).isPresent();
  }

  private static Optional<String> context(App app, String key) {
    return Optional.ofNullable(app.getNode().tryGetContext(key)).map(String::valueOf);
  }

  /** The three stacks, by how long they live, and the review page's, where it is wanted. */
  record Stacks(
    DataStack data,
    PipelineStack pipeline,
    OperationsStack operations,
    Optional<ReviewStack> review
  ) {
    static Stacks add(App app, Stage stage, Target target, Path definition) {
      var names = new StackNames(stage.name());
      var region = context(app, "region").orElse(REGION);
      var data = new DataStack(
        app,
        names.data(),
        props(region, "what outlives deployments"),
        context(app, "uploadOrigins")
          .map(origins -> List.of(origins.split(",")))
          .orElse(List.of())
      );
      var pipeline = new PipelineStack(
        app,
        names.pipeline(),
        props(region, "the state machine and its functions"),
        stage,
        target,
        data,
        definition
      );
      var operations = new OperationsStack(
        app,
        names.operations(),
        props(region, "alarms and the dashboard"),
        pipeline
      );
      var review = target
        .review()
        .map(code ->
          new ReviewStack(app, names.review(), props(region, "the review page"), stage, code, data)
        );
      Tags.of(app).add("billstep:stage", stage.name());
      Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
      Suppressions.apply(data, pipeline);
      review.ifPresent(Suppressions::apply);
      return new Stacks(data, pipeline, operations, review);
    }

    private static StackProps props(String region, String description) {
      return StackProps.builder()
        .env(Environment.builder().region(region).build())
        .description("Billstep: " + description)
        .build();
    }
  }
}
