package dev.billstep.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A real PostgreSQL on loopback, with a Supabase project's roles and our migrations. */
public final class PostgresServer implements AutoCloseable {

  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts one on a free port, whose database has what a Supabase project has and our migrations.
   *
   * @param programs where PostgreSQL's own files are kept, and unpacked the first time
   * @param migrations a Prisma migrations folder
   * @throws DatabaseFailure where it does not start, or a migration can't be applied
   */
  public static PostgresServer start(Path programs, Path migrations) {
    return migrated(start(programs), migrations);
  }

  /**
   * Starts one on a free port, with nothing in it.
   *
   * @param programs where PostgreSQL's own files are kept, and unpacked the first time
   * @throws DatabaseFailure where it does not start
   */
  public static PostgresServer start(Path programs) {
    try {
      var postgres = EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(Files.createDirectories(programs).toFile())
        .setServerConfig("max_connections", "200")
        .setRegisterShutdownHook(false)
        .start();
      return new PostgresServer(postgres);
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

  /** The database's address for other programs. */
  public URI uri() {
    return uri(SUPERUSER);
  }

  private URI uri(String name) {
    return URI.create(
      "postgresql://%s@localhost:%d/%s".formatted(SUPERUSER, postgres.getPort(), name)
    );
  }

  /** A database beside it, empty but for what a Supabase project has. */
  public ScratchDatabase scratch(String name) {
    execute("CREATE DATABASE " + name);
    var source = postgres.getDatabase(SUPERUSER, name);
    new Migrations(source).applyPlatform();
    return new ScratchDatabase(this, name, source, uri(name));
  }

  void execute(String sql) {
    try (
      var connection = database().getConnection();
      var statement = connection.createStatement()
    ) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DatabaseFailure.StatementRefused(sql, e);
    }
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
