package dev.billstep.stack;

import dev.billstep.deployment.StackOutput;
import java.util.Map;
import java.util.Optional;

/**
 * What the deployed stacks tell whoever works with them: their CloudFormation outputs.
 *
 * @param keysSecret ARN of the secret with the keys
 * @param stateMachine its ARN
 * @param sweepBlobs ARN of the function that deletes what was stored for jobs that are gone
 * @param sendEvents ARN of the function that tells of jobs and pages
 */
public record StackOutputs(
  String uploadBucket,
  String pageBucket,
  String keysSecret,
  String stateMachine,
  String sweepBlobs,
  String sendEvents
) {
  /**
   * Takes them from those of all stacks.
   *
   * @param outputs by their keys
   * @throws StackFailure where one is missing: what is deployed is older than this command
   */
  public static StackOutputs of(Map<String, String> outputs) {
    return new StackOutputs(
      output(outputs, StackOutput.UPLOAD_BUCKET),
      output(outputs, StackOutput.PAGE_BUCKET),
      output(outputs, StackOutput.KEYS_SECRET),
      output(outputs, StackOutput.STATE_MACHINE),
      output(outputs, StackOutput.SWEEP_BLOBS),
      output(outputs, StackOutput.SEND_EVENTS)
    );
  }

  private static String output(Map<String, String> outputs, StackOutput wanted) {
    return Optional.ofNullable(outputs.get(wanted.key())).orElseThrow(() ->
      new StackFailure("The stacks have no output %s: deploy them again.".formatted(wanted.key()))
    );
  }
}
