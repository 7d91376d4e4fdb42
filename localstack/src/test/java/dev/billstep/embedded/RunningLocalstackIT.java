package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.it.CommandRun;
import dev.billstep.it.OnLocalstack;
import dev.billstep.it.Samples;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;

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

    var aws = new LocalAws(stack.awsEndpoint());
    try (var cloudFormation = aws.cloudFormation(); var s3 = aws.s3()) {
      assertThat(cloudFormation.listStacksPaginator().stackSummaries())
        .filteredOn(each -> each.stackStatus() != StackStatus.DELETE_COMPLETE)
        .extracting(StackSummary::stackName)
        .as("the stacks that were there, and no others")
        .containsExactlyInAnyOrderElementsOf(CloudAssembly.STACKS);
      assertThat(s3.listBuckets().buckets())
        .filteredOn(bucket -> bucket.name().startsWith("billstep-"))
        .as("buckets of uploads, pages and access logs")
        .hasSize(3);
    }
  }
}
