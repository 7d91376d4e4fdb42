package dev.billstep.it;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.Pace;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a stack: one of an engine for all classes, which take turns, stopped after the last
 * test.
 */
abstract sealed class StackExtension
  implements ParameterResolver
  permits OnEmbeddedStack, OnStackWithModelServer, OnLocalstack
{

  private static final Namespace NAMESPACE = Namespace.create(StackExtension.class);

  private final Engine engine;
  private final Pace pace;
  private final Map<String, String> providerKeys;

  StackExtension(Engine engine) {
    this(engine, Pace.USUAL, Map.of());
  }

  /**
   * Names a stack.
   *
   * @param providerKeys a stack with other keys, or of another pace, is another stack
   */
  StackExtension(Engine engine, Pace pace, Map<String, String> providerKeys) {
    this.engine = engine;
    this.pace = pace;
    this.providerKeys = providerKeys;
  }

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmbeddedStack.class;
  }

  @Override
  public final EmbeddedStack resolveParameter(
    ParameterContext parameter,
    ExtensionContext context
  ) {
    context.getStore(NAMESPACE).computeIfAbsent(Turn.class, key -> Turn.on(turn()), Turn.class);
    return context
      .getRoot()
      .getStore(NAMESPACE)
      .computeIfAbsent(
        List.of(engine, pace, providerKeys),
        key -> Running.start(engine, pace, providerKeys),
        Running.class
      )
      .stack();
  }

  /** On what its classes wait for each other. With {@code -Dstack}, all engines are LocalStack. */
  String turn() {
    return "the stacks without a model server";
  }

  /** Closed by JUnit with its store. */
  private record Running(EmbeddedStack stack, Path pages) implements AutoCloseable {
    static Running start(Engine engine, Pace pace, Map<String, String> providerKeys) {
      try {
        var pages = Files.createTempDirectory("billstep-it-pages");
        var stack = EmbeddedStack.start(
          Project.ofSystemProperty(),
          engine,
          pace,
          PagesRoot.folder(pages),
          providerKeys,
          Progress.silent()
        );
        return new Running(stack, pages);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      stack.close();
      try (var files = Files.walk(pages)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
