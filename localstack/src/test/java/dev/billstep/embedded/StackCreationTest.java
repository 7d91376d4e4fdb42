package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.stack.StackFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.waiters.CloudFormationWaiter;

class StackCreationTest {

  private final Answers cloudFormation = new Answers();

  @Test
  void aStackThatIsThereGivesItsOutputs() {
    assertThat(outputs(Duration.ofMinutes(1))).containsEntry("UploadBucketOutput", "uploads");
    assertThat(cloudFormation.asked).isLessThan(3);
  }

  @Test
  void aStackThatIsNotThereWithinTheLimitIsAFailureWithAName() {
    cloudFormation.status = StackStatus.CREATE_IN_PROGRESS;
    assertThatThrownBy(() -> outputs(Duration.ofMillis(500)))
      .isInstanceOf(StackFailure.class)
      .hasMessageContaining("Billstep-dev-Data was still being created");
    assertThat(cloudFormation.asked).as("not again and again without a pause").isLessThan(20);
  }

  @Test
  void aStackThatCanNotBeCreatedSaysWhy() {
    cloudFormation.status = StackStatus.ROLLBACK_COMPLETE;
    assertThatThrownBy(() -> outputs(Duration.ofMinutes(1)))
      .isInstanceOf(StackFailure.class)
      .hasMessageContaining("(ROLLBACK_COMPLETE): Uploads: the name is taken");
  }

  private Map<String, String> outputs(Duration limit) {
    return new StackCreation(cloudFormation, limit).outputs("Billstep-dev-Data");
  }

  private static final class Answers implements CloudFormationClient {

    private StackStatus status = StackStatus.CREATE_COMPLETE;
    private int asked;

    @Override
    public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
      asked++;
      var stack = Stack.builder()
        .stackName(request.stackName())
        .stackStatus(status)
        .outputs(
          List.of(Output.builder().outputKey("UploadBucketOutput").outputValue("uploads").build())
        )
        .build();
      return DescribeStacksResponse.builder().stacks(List.of(stack)).build();
    }

    @Override
    public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
      return DescribeStackEventsResponse.builder()
        .stackEvents(
          List.of(
            event("Uploads", "CREATE_FAILED", "the name is taken"),
            event("Pages", "CREATE_COMPLETE", "")
          )
        )
        .build();
    }

    private static StackEvent event(String resource, String status, String reason) {
      return StackEvent.builder()
        .logicalResourceId(resource)
        .resourceStatus(status)
        .resourceStatusReason(reason)
        .build();
    }

    @Override
    public CloudFormationWaiter waiter() {
      return CloudFormationWaiter.builder().client(this).build();
    }

    @Override
    public String serviceName() {
      return "cloudformation";
    }

    @Override
    public void close() {}
  }
}
