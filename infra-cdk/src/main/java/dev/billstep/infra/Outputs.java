package dev.billstep.infra;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;

/** What a stack tells whoever deploys it. */
final class Outputs {

  private Outputs() {}

  static void add(Stack stack, String name, String value) {
    var id = name + "Output";
    CfnOutput.Builder.create(stack, id).value(value).build().overrideLogicalId(id);
  }
}
