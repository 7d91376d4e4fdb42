package dev.billstep.it;

import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.embedded.Project;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the database behind its REST API: started once, stopped after the last test; classes
 * take turns on it.
 */
public final class OnEmbeddedDatabase implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(OnEmbeddedDatabase.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmbeddedDatabase.class;
  }

  @Override
  public EmbeddedDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    context
      .getStore(NAMESPACE)
      .computeIfAbsent(Turn.class, key -> Turn.on("the database"), Turn.class);
    return context
      .getRoot()
      .getStore(NAMESPACE)
      .computeIfAbsent("database", key -> new Running(start()), Running.class)
      .database();
  }

  private static EmbeddedDatabase start() {
    return EmbeddedDatabase.start(Project.ofSystemProperty());
  }

  /** Closed by JUnit with its store. */
  private record Running(EmbeddedDatabase database) implements AutoCloseable {
    @Override
    public void close() {
      database.close();
    }
  }
}
