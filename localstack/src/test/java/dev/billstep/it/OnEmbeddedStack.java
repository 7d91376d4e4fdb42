package dev.billstep.it;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the embedded stack: started once, stopped after the last test. */
public final class OnEmbeddedStack implements ParameterResolver {

  /** {@code -Dstack=localstack} runs the same suite on LocalStack. */
  static final Engine ENGINE = Engine.valueOf(
    System.getProperty("stack", "embedded").toUpperCase(Locale.ROOT)
  );

  private static final Namespace NAMESPACE = Namespace.create(OnEmbeddedStack.class);

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
    try {
      var pages = Files.createTempDirectory("billstep-it-pages");
      return EmbeddedStack.start(
        Project.ofSystemProperty(),
        ENGINE,
        PagesRoot.folder(pages),
        Progress.silent()
      );
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Closed by JUnit with its store. */
  private record Running(EmbeddedStack stack) implements AutoCloseable {
    @Override
    public void close() {
      stack.close();
    }
  }
}
