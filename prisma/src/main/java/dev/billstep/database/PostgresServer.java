package dev.billstep.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on loopback, with a Supabase project's roles and our migrations. It lets nobody
 * in without its password, and can be started again where it was.
 */
public final class PostgresServer implements AutoCloseable {

  private static final String SUPERUSER = "postgres";
  private static final String PASSWORD = "password";
  private static final int PASSWORD_BYTES = 24;

  /** It may have to put right what a crash has left. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** How long a server that nobody holds any more may take to end. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** What PostgreSQL writes about itself; the port is in the fourth line (PostgreSQL, miscadmin.h). */
  private static final String PID_FILE = "postmaster.pid";
  private static final int LINE_OF_PORT = 3;

  private final Supplier<EmbeddedPostgres.Builder> builder;
  private final Path programs;
  private final Path folder;
  private final boolean isKept;
  private volatile String password;
  private EmbeddedPostgres postgres;

  private PostgresServer(
    Supplier<EmbeddedPostgres.Builder> builder,
    Path programs,
    Path folder,
    String password,
    boolean isKept
  ) {
    this.builder = builder;
    this.programs = programs;
    this.folder = folder;
    this.password = password;
    this.isKept = isKept;
    this.postgres = started(0);
  }

  /**
   * Starts one on a free port, whose database has what a Supabase project has and our migrations. They
   * are applied once for all that start with the same: each gets a copy.
   *
   * @param programs where PostgreSQL's own files are kept, and unpacked the first time
   * @param migrations a Prisma migrations folder
   * @throws DatabaseFailure where it does not start, or a migration can't be applied
   */
  public static PostgresServer start(Path programs, Path migrations) {
    return DatabaseTemplate.of(programs, migrations)
      .map(template -> copy(programs, template))
      .orElseGet(() -> migrated(start(programs), migrations));
  }

  /** One of a template, but for its password: that is its own. */
  private static PostgresServer copy(Path programs, DatabaseTemplate template) {
    try {
      var folder = temporaryFolder();
      template.copyTo(folder);
      var server = new PostgresServer(
        EmbeddedPostgres::builder,
        programs,
        folder,
        template.password(),
        false
      );
      try {
        server.changePassword();
        return server;
      } catch (DatabaseFailure e) {
        server.close(); // Or its processes would outlive this one.
        throw e;
      }
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  private void changePassword() {
    var fresh = newPassword();
    execute("ALTER ROLE %s PASSWORD '%s'".formatted(SUPERUSER, fresh));
    password = fresh;
  }

  private static Path temporaryFolder() throws IOException {
    return Files.createTempDirectory("billstep-postgres");
  }

  /**
   * Starts one on a free port, with nothing in it.
   *
   * @param programs where PostgreSQL's own files are kept, and unpacked the first time
   * @throws DatabaseFailure where it does not start
   */
  public static PostgresServer start(Path programs) {
    return start(programs, EmbeddedPostgres::builder);
  }

  /**
   * As {@link #start(Path)}.
   *
   * @param builder gives one that knows which PostgreSQL, at every start
   */
  static PostgresServer start(Path programs, Supplier<EmbeddedPostgres.Builder> builder) {
    try {
      return new PostgresServer(builder, programs, temporaryFolder(), newPassword(), false);
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  /**
   * Starts one whose database is kept: what is there stays, and no answer is given before it is on
   * the disk. One that was left running, because who had started it is gone, is ended before.
   *
   * @param programs where PostgreSQL's own files are kept, and unpacked the first time
   * @param folder of the database; made the first time
   * @param password of the database, since it was made
   * @throws DatabaseFailure where it does not start
   */
  public static PostgresServer startIn(Path programs, Path folder, String password) {
    endLeftOver(folder);
    return new PostgresServer(EmbeddedPostgres::builder, programs, folder, password, true);
  }

  /** Whether a server has not ended as it should, so that its files are not whole. */
  static boolean isLeftOverIn(Path folder) {
    return Files.exists(folder.resolve(PID_FILE));
  }

  /** Ends the server of a folder, if there is one. */
  static void endLeftOver(Path folder) {
    var pidFile = folder.resolve(PID_FILE);
    if (!isLeftOverIn(folder)) {
      return;
    }
    try {
      ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
        .filter(PostgresServer::isPostgres)
        .ifPresent(PostgresServer::end);
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  /** After the machine was started anew, the number may be that of any process. */
  private static boolean isPostgres(ProcessHandle process) {
    return process
      .info()
      .command()
      .map(command -> command.endsWith("/postgres"))
      .orElse(false);
  }

  private static void end(ProcessHandle postmaster) {
    var all = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    postmaster.destroy();
    try {
      postmaster.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The database of a server that somebody else has started in a folder, as its superuser.
   *
   * @throws DatabaseFailure where none is running there
   */
  public static DataSource runningIn(Path folder, String password) {
    try {
      var lines = Files.readAllLines(folder.resolve(PID_FILE));
      var source = new PGSimpleDataSource();
      source.setServerNames(new String[] { "localhost" });
      source.setPortNumbers(new int[] { Integer.parseInt(lines.get(LINE_OF_PORT)) });
      source.setDatabaseName(SUPERUSER);
      source.setUser(SUPERUSER);
      source.setPassword(password);
      return source;
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  /** @param port where; 0 is any that is free */
  private EmbeddedPostgres started(int port) {
    try {
      var passwordFile = fileOf(password);
      try {
        return builder
          .get()
          .setOverrideWorkingDirectory(Files.createDirectories(programs).toFile())
          .setDataDirectory(folder)
          .setCleanDataDirectory(false) // Or it would not find what it has kept.
          .setPort(port)
          .setPGStartupWait(START_LIMIT)
          // Options of initdb, whatever they are called here; they come after its own "trust".
          .setLocaleConfig("auth", "scram-sha-256")
          .setLocaleConfig("pwfile", passwordFile.toString())
          .setConnectConfig(PASSWORD, password)
          .setServerConfig("max_connections", "200")
          // Off where nobody says so: what was committed last would be gone with a killed process.
          .setServerConfig("synchronous_commit", "on")
          // What is kept outlives a power failure; what is not, is quicker without.
          .setServerConfig("fsync", isKept ? "on" : "off")
          .setRegisterShutdownHook(false)
          .start();
      } finally {
        Files.delete(passwordFile);
        closeToOthers(programs);
      }
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  /**
   * Starts it again at the same port, with what is in it, after its process has ended.
   *
   * @throws DatabaseFailure where it does not start
   */
  public synchronized void startAgain() {
    int port = postgres.getPort();
    release();
    postgres = started(port);
  }

  /**
   * The process that all others of it are children of.
   *
   * @throws DatabaseFailure where it has not written down which that is
   */
  public ProcessHandle process() {
    try {
      var pid = Files.readAllLines(folder.resolve(PID_FILE)).getFirst();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() ->
        new DatabaseFailure.NotStarted(new IOException("its process %s is gone".formatted(pid)))
      );
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  /** One that nobody can guess. */
  public static String newPassword() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** For its owner alone, as temporary files are. */
  private static Path fileOf(String password) throws IOException {
    return Files.writeString(Files.createTempFile("billstep-postgres", ""), password);
  }

  /** The start makes the folder everyone's to write to. */
  private static void closeToOthers(Path folder) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
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
    return database(SUPERUSER);
  }

  private DataSource database(String name) {
    return postgres.getDatabase(SUPERUSER, name, Map.of(PASSWORD, password));
  }

  /** The database's address for other programs, with its password. */
  public URI uri() {
    return uri(SUPERUSER);
  }

  private URI uri(String name) {
    return URI.create(
      "postgresql://%s:%s@localhost:%d/%s".formatted(SUPERUSER, password, postgres.getPort(), name)
    );
  }

  /** A database beside it, empty but for what a Supabase project has. */
  public ScratchDatabase scratch(String name) {
    execute("CREATE DATABASE " + name);
    var source = database(name);
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

  /** Ends it; what was in it is deleted, unless it is kept. */
  @Override
  public synchronized void close() {
    release();
    if (isKept) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void release() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
