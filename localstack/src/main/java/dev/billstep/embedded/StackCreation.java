package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Waits for stacks that are being created, and says why one could not be. */
final class StackCreation {

  /** On two cores MiniStack takes 1 s a stack, LocalStack 18 s. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final CloudFormationClient cloudFormation;
  private final Duration limit;

  /**
   * Names who creates them.
   *
   * @param limit after which a stack counts as one that will not be created any more
   */
  StackCreation(CloudFormationClient cloudFormation, Duration limit) {
    this.cloudFormation = cloudFormation;
    this.limit = limit;
  }

  /**
   * The outputs of a stack, once it is there.
   *
   * @throws StackFailure where it could not be created, or not within the limit
   */
  Map<String, String> outputs(String stackName) {
    waitFor(stackName);
    var stack = stack(stackName);
    return switch (stack.stackStatus()) {
      case CREATE_COMPLETE -> stack
        .outputs()
        .stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
      case CREATE_IN_PROGRESS -> throw new StackFailure(
        "The stack %s was still being created after %d s. Is the machine very busy? Try again.".formatted(
          stackName,
          limit.toSeconds()
        )
      );
      default -> throw new StackFailure(
        "The stack %s could not be created (%s): %s".formatted(
          stackName,
          stack.stackStatusAsString(),
          reasons(stackName)
        )
      );
    };
  }

  private void waitFor(String stackName) {
    try (var waiter = cloudFormation.waiter()) {
      waiter.waitUntilStackCreateComplete(
        request -> request.stackName(stackName),
        wait ->
          wait
            .maxAttempts(Integer.MAX_VALUE)
            .waitTimeout(limit)
            .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(PAUSE))
      );
    } catch (SdkClientException itFailedOrTakesTooLong) {
      return; // The stack itself says which, and why.
    }
  }

  private Stack stack(String stackName) {
    return cloudFormation
      .describeStacks(request -> request.stackName(stackName))
      .stacks()
      .getFirst();
  }

  private String reasons(String stackName) {
    return cloudFormation
      .describeStackEvents(request -> request.stackName(stackName))
      .stackEvents()
      .stream()
      .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
      .map(StackCreation::reason)
      .collect(Collectors.joining("; "));
  }

  private static String reason(StackEvent event) {
    return event.logicalResourceId() + ": " + event.resourceStatusReason();
  }
}
