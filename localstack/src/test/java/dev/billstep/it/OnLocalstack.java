package dev.billstep.it;

import dev.billstep.embedded.Engine;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives tests the stack on LocalStack; skipped where there is no Python for it. */
public final class OnLocalstack extends StackExtension implements ExecutionCondition {

  public OnLocalstack() {
    super(Engine.LOCALSTACK);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Engine.LOCALSTACK.whatIsMissing()
      .map(ConditionEvaluationResult::disabled)
      .orElseGet(() -> ConditionEvaluationResult.enabled("LocalStack can be started"));
  }
}
