package dev.billstep.stack;

import java.util.Map;
import java.util.Optional;

/**
 * What the deployed stacks tell whoever works with them: their CloudFormation outputs.
 *
 * @param keysSecret ARN of the secret with the keys
 * @param stateMachine its ARN
 * @param sweepBlobs ARN of the function that deletes what was stored for jobs that are gone
 */
public record StackOutputs(
  String uploadBucket,
  String pageBucket,
  String keysSecret,
  String stateMachine,
  String sweepBlobs
) {
  /**
   * Takes them from those of all stacks.
   *
   * @param outputs by their keys
   * @throws StackFailure where one is missing: what is deployed is older than this command
   */
  public static StackOutputs of(Map<String, String> outputs) {
    return new StackOutputs(
      output(outputs, "UploadBucketOutput"),
      output(outputs, "PageBucketOutput"),
      output(outputs, "KeysSecretOutput"),
      output(outputs, "StateMachineOutput"),
      output(outputs, "SweepBlobsOutput")
    );
  }

  private static String output(Map<String, String> outputs, String name) {
    return Optional.ofNullable(outputs.get(name)).orElseThrow(() ->
      new StackFailure("The stacks have no output %s: deploy them anew.".formatted(name))
    );
  }
}
