package dev.billstep.infra;

import dev.billstep.deployment.StackOutput;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;

/** What a stack tells whoever deploys it. */
final class Outputs {

  private Outputs() {}

  static void add(Stack stack, StackOutput output, String value) {
    CfnOutput.Builder.create(stack, output.key())
      .value(value)
      .build()
      .overrideLogicalId(output.key());
  }
}
