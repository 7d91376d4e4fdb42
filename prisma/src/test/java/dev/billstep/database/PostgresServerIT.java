package dev.billstep.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL on loopback is within reach of every user and program of the machine. */
@ExtendWith(OnPostgres.class)
class PostgresServerIT {

  private static final String NO_PASSWORD = "28P01";

  private final PostgresServer server;

  PostgresServerIT(PostgresServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(strings = { "postgres", "wrong" })
  void nobodyGetsInWithoutThePassword(String password) throws SQLException {
    try (var ours = server.database().getConnection()) {
      var guess = new Properties();
      guess.setProperty("user", "postgres");
      guess.setProperty("password", password);
      var url = ours.getMetaData().getURL();
      assertThatThrownBy(() -> DriverManager.getConnection(url, guess)).isInstanceOfSatisfying(
        SQLException.class,
        refused -> assertThat(refused.getSQLState()).isEqualTo(NO_PASSWORD)
      );
    }
  }

  @Test
  void everyWayInAsksForIt() throws SQLException {
    try (
      var connection = server.database().getConnection();
      var statement = connection.createStatement();
      var rules = statement.executeQuery(
        "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"
      )
    ) {
      rules.next();
      assertThat(rules.getString(1)).isEqualTo("scram-sha-256");
    }
  }

  @Test
  void itsFilesAreItsOwners() throws Exception {
    assertThat(
      PosixFilePermissions.toString(
        Files.getPosixFilePermissions(OnPostgres.HOME.resolve(".billstep/postgres"))
      )
    ).isEqualTo("rwx------");
  }
}
