package dev.billstep.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;

/** Rules of cdk-nag that do not hold here, each with its reason. */
final class Suppressions {

  /** As cdk-nag names it, before and after what a stack takes from another has a name. */
  private static final String OBJECTS_OF_ALL_JOBS =
    "/^Resource::\\S*(Uploads\\w+\\.?Arn\\w*>?\\/uploads|Pages\\w+\\.?Arn\\w*>?\\/jobs)\\/\\*$/";

  private static final String EXECUTIONS_OF_BATCHES =
    "/^Resource::arn:\\S+:states:\\S+:execution:<ProcessDocument\\w+\\.Name>[\\/:]\\*$/";

  private static final NagPackSuppression UNLIMITED = rule("AwsSolutions-IAM5")
    .reason(
      "X-Ray, Textract and the delivery of Step Functions' logs can't be limited to resources " +
        "(Service Authorization Reference)."
    )
    .appliesTo(List.of("Resource::*"))
    .build();

  private static final NagPackSuppression OBJECTS = rule("AwsSolutions-IAM5")
    .reason("The objects of all jobs, below the one prefix that a role needs.")
    .appliesTo(List.of(RegexAppliesTo.builder().regex(OBJECTS_OF_ALL_JOBS).build()))
    .build();

  private Suppressions() {}

  static void apply(ReviewStack review) {
    NagSuppressions.addStackSuppressions(review, List.of(UNLIMITED, OBJECTS));
  }

  static void apply(DataStack data, PipelineStack pipeline) {
    NagSuppressions.addResourceSuppressions(
      data.keys(),
      List.of(
        rule("AwsSolutions-SMG4")
          .reason(
            "The keys belong to other companies, who rotate them; functions take up a new " +
              "one within five minutes, or when the old one is refused."
          )
          .build()
      )
    );
    NagSuppressions.addResourceSuppressions(
      pipeline.undelivered(),
      List.of(rule("AwsSolutions-SQS3").reason("It is the dead-letter queue itself.").build())
    );
    NagSuppressions.addStackSuppressions(
      pipeline,
      List.of(
        UNLIMITED,
        rule("AwsSolutions-IAM5")
          .reason(
            "The executions of the state machine's own distributed map, whose names are made as they start."
          )
          .appliesTo(List.of(RegexAppliesTo.builder().regex(EXECUTIONS_OF_BATCHES).build()))
          .build(),
        OBJECTS,
        rule("AwsSolutions-IAM5")
          .reason(
            "The settings say which model is asked; a profile hands calls to several regions."
          )
          .appliesTo(
            List.of(
              "Resource::arn:aws:bedrock:*::foundation-model/*",
              "Resource::arn:aws:bedrock:::foundation-model/*",
              "Resource::arn:aws:bedrock:*:<AWS::AccountId>:inference-profile/*"
            )
          )
          .build()
      )
    );
  }

  private static NagPackSuppression.Builder rule(String id) {
    return NagPackSuppression.builder().id(id);
  }
}
