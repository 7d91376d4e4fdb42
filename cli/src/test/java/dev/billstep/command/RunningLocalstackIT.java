package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.LocalAws;
import dev.billstep.it.OnLocalstack;
import dev.billstep.it.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** A LocalStack that somebody else has started: it is used, cleaned up, and left running. */
@ExtendWith(OnLocalstack.class)
class RunningLocalstackIT {

  @TempDir
  Path folder;

  private final EmbeddedStack stack;

  RunningLocalstackIT(EmbeddedStack stack) {
    this.stack = stack;
  }

  @Test
  void theCommandUsesTheLocalstackThatTheVariableNamesAndLeavesItAsItWas() throws Exception {
    var aws = new LocalAws(stack.awsEndpoint());
    try (var cloudFormation = aws.cloudFormation(); var s3 = aws.s3()) {
      var stacks = stacks(cloudFormation);
      var buckets = buckets(s3);
      var run = CommandRun.start(
        folder,
        Map.of("AWS_ENDPOINT_URL", stack.awsEndpoint().toString()),
        "run",
        "--stack",
        "localstack",
        Samples.file("consignment-digital").toString()
      );
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("processed", "536306578165, 2025-04-25T10:42");
      assertThat(run.err()).doesNotContain("start LocalStack");

      assertThat(stacks(cloudFormation)).isNotEmpty().isEqualTo(stacks);
      assertThat(buckets(s3)).as("of uploads, pages and access logs").hasSize(3).isEqualTo(buckets);
    }
  }

  private static List<String> stacks(CloudFormationClient cloudFormation) {
    return cloudFormation
      .listStacksPaginator()
      .stackSummaries()
      .stream()
      .filter(each -> each.stackStatus() != StackStatus.DELETE_COMPLETE)
      .map(StackSummary::stackName)
      .sorted()
      .toList();
  }

  private static List<String> buckets(S3Client s3) {
    return s3
      .listBuckets()
      .buckets()
      .stream()
      .map(Bucket::name)
      .filter(name -> name.startsWith("billstep-"))
      .sorted()
      .toList();
  }
}
