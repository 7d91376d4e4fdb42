package dev.billstep.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept from one start to the next is never taken for something else. */
class DatabaseTemplateIT {

  @TempDir
  Path folder;

  private Path programs;
  private Path migrations;

  @BeforeEach
  void oneMigration() throws IOException {
    programs = folder.resolve("postgres"); // Unpacked once for all; templates are beside the link.
    var unpacked = Files.createDirectories(OnPostgres.HOME.resolve(".billstep/postgres"));
    Files.createSymbolicLink(programs, unpacked);
    migrations = Files.createDirectory(folder.resolve("migrations"));
    migration("1_first", "CREATE TABLE first (id int)");
  }

  @Test
  void whatHasTheSameMigrationsIsMadeOnce() throws Exception {
    try (
      var one = PostgresServer.start(programs, migrations);
      var other = PostgresServer.start(programs, migrations)
    ) {
      one.execute("INSERT INTO first VALUES (1)");
      assertThat(rowsOfFirst(one)).isOne();
      assertThat(rowsOfFirst(other)).as("nothing of another's").isZero();
      assertThat(one.uri().getUserInfo())
        .as("its password")
        .isNotEqualTo(other.uri().getUserInfo());
    }
    assertThat(templates()).isOne();
  }

  @Test
  void anotherMigrationOrAChangedOneIsAnotherDatabase() throws Exception {
    PostgresServer.start(programs, migrations).close();
    migration("2_second", "CREATE TABLE second (id int)");
    try (var server = PostgresServer.start(programs, migrations)) {
      server.execute("INSERT INTO second VALUES (1)");
    }
    migration("2_second", "CREATE TABLE changed (id int)");
    try (var server = PostgresServer.start(programs, migrations)) {
      server.execute("INSERT INTO changed VALUES (1)");
    }
    assertThat(templates()).isEqualTo(3);
  }

  @Test
  void aMigrationThatIsRefusedLeavesNone() throws IOException {
    migration("2_second", "CREATE TABLE first (id int)");
    assertThat(catchThrowable(() -> PostgresServer.start(programs, migrations))).isInstanceOf(
      DatabaseFailure.MigrationRefused.class
    );
    assertThat(templates()).isZero();
  }

  @Test
  void itAndItsPasswordAreItsOwnersAlone() throws Exception {
    PostgresServer.start(programs, migrations).close();
    try (var made = Files.list(folder.resolve("databases"))) {
      assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(made.findFirst().orElseThrow()))
      ).isEqualTo("rwx------");
    }
  }

  private void migration(String name, String sql) throws IOException {
    var of = Files.createDirectories(migrations.resolve(name));
    Files.writeString(of.resolve("migration.sql"), sql);
  }

  private long templates() throws IOException {
    try (var made = Files.list(folder.resolve("databases"))) {
      return made.count();
    }
  }

  private static long rowsOfFirst(PostgresServer server) throws SQLException {
    try (
      var connection = server.database().getConnection();
      var statement = connection.createStatement();
      var rows = statement.executeQuery("SELECT count(*) FROM first")
    ) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
