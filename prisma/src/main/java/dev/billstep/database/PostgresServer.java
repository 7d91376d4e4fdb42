package dev.billstep.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A real PostgreSQL on loopback, with a Supabase project's roles and our migrations. */
public final class PostgresServer implements AutoCloseable {

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts one on a free port.
   *
   * @param programs where PostgreSQL's own files are kept, and unpacked the first time
   * @param migrations a Prisma migrations folder
   * @throws DatabaseFailure where it does not start, or a migration can't be applied
   */
  public static PostgresServer start(Path programs, Path migrations) {
    try {
      var postgres = EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(Files.createDirectories(programs).toFile())
        .setServerConfig("max_connections", "200")
        .setRegisterShutdownHook(false)
        .start();
      return migrated(new PostgresServer(postgres), migrations);
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  private static PostgresServer migrated(PostgresServer server, Path migrations) {
    try {
      var database = new Migrations(server.database());
      database.applyPlatform();
      database.apply(migrations);
      return server;
    } catch (DatabaseFailure e) {
      server.close(); // Or its processes would outlive this one.
      throw e;
    }
  }

  /** Connects as the superuser. */
  public DataSource database() {
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
