package dev.billstep.it;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.PythonInterpreter;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the stack on LocalStack: started once; skipped where there is no Python for it. */
public final class OnLocalstack implements ParameterResolver, ExecutionCondition {

  private static final Namespace NAMESPACE = Namespace.create(OnLocalstack.class);
  private static final int PYTHON_MINOR = 13;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return PythonInterpreter.find(PYTHON_MINOR).isPresent()
      ? ConditionEvaluationResult.enabled("there is a Python for LocalStack")
      : ConditionEvaluationResult.disabled("LocalStack needs Python 3.13 or newer");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmbeddedStack.class;
  }

  @Override
  public EmbeddedStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
      .getRoot()
      .getStore(NAMESPACE)
      .computeIfAbsent("stack", key -> new Running(start()), Running.class)
      .stack();
  }

  private static EmbeddedStack start() {
    return EmbeddedStack.start(
      Project.ofSystemProperty(),
      Engine.LOCALSTACK,
      PagesRoot.folder(Path.of("target", "no-pages-here")),
      Progress.silent()
    );
  }

  /** Closed by JUnit with its store. */
  private record Running(EmbeddedStack stack) implements AutoCloseable {
    @Override
    public void close() {
      stack.close();
    }
  }
}
