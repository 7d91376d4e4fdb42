package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import javax.sql.DataSource;

/** A real PostgreSQL on loopback, with a Supabase project's roles and our migrations. */
final class PostgresServer implements AutoCloseable {

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static PostgresServer start(Project project) {
    try {
      var folder = Files.createDirectories(project.stateFolder().resolve("postgres"));
      var postgres = EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(folder.toFile())
        .setServerConfig("max_connections", "200")
        .setRegisterShutdownHook(false)
        .start();
      var server = new PostgresServer(postgres);
      var migrations = new Migrations(server.database());
      migrations.applyPlatform();
      migrations.apply(project.migrations());
      return server;
    } catch (IOException e) {
      throw new StackFailure("PostgreSQL did not start: " + e.getMessage(), e);
    }
  }

  /** Connects as the superuser. */
  DataSource database() {
    return postgres.getPostgresDatabase();
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
