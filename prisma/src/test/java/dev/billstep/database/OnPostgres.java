package dev.billstep.database;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a PostgreSQL with our migrations: started once, stopped after the last test. */
public final class OnPostgres implements ParameterResolver {

  /** The checkout's root. */
  public static final Path HOME = Path.of(System.getProperty("billstep.home", ".."))
    .toAbsolutePath()
    .normalize();

  private static final Namespace NAMESPACE = Namespace.create(OnPostgres.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostgresServer.class;
  }

  @Override
  public PostgresServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
      .getRoot()
      .getStore(NAMESPACE)
      .computeIfAbsent(
        "postgres",
        key -> PostgresServer.start(HOME.resolve(".billstep/postgres"), migrations()),
        PostgresServer.class
      );
  }

  static Path migrations() {
    return HOME.resolve("prisma/migrations");
  }
}
