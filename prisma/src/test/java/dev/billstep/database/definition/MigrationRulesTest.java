package dev.billstep.database.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who applies a migration has a database that is in use: nobody waits for it for more than seconds. */
class MigrationRulesTest {

  /** The last migration from before there was anything in use. */
  private static final String LAST_BEFORE = "20261125125144_sweep_rounds";

  private static final String TIMED = "SET LOCAL lock_timeout = '5s';\n";

  static Stream<Path> migrations() throws IOException {
    try (var migrations = Files.list(PrismaFolders.OURS.migrations())) {
      return migrations
        .filter(Files::isDirectory)
        .filter(migration -> migration.getFileName().toString().compareTo(LAST_BEFORE) > 0)
        .sorted()
        .toList()
        .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void aMigrationHoldsUpNobody(Path migration) throws IOException, SQLException {
    var sql = Files.readString(migration.resolve("migration.sql"));
    assertThat(MigrationRules.broken(sql)).as(migration.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "CREATE INDEX \"JobThread_x_idx\" ON \"JobThread\"(\"x\")",
      "CREATE UNIQUE INDEX \"JobThread_x_key\"\n  ON \"JobThread\"(\"x\")",
      "DROP INDEX \"JobThread_x_idx\"",
      "-- Why.\nCREATE INDEX CONCURRENTLY \"JobThread_x_idx\" ON \"JobThread\"(\"x\")",
      "ALTER TABLE \"Doc\" ADD CONSTRAINT sure CHECK (page_number > 0)",
      "ALTER TABLE \"Doc\" ADD CONSTRAINT sure FOREIGN KEY (x) REFERENCES \"JobThread\" (id)",
      "ALTER TABLE \"Doc\" ADD CONSTRAINT sure CHECK (x) NOT VALID; ALTER TABLE \"Doc\" VALIDATE CONSTRAINT sure",
      "ALTER TABLE \"Doc\" ALTER COLUMN \"error\" SET NOT NULL",
      "ALTER TABLE \"Doc\" ALTER COLUMN \"page_number\" SET DATA TYPE BIGINT",
    }
  )
  void whatHoldsUpEverybodyIsRefused(String statement) throws SQLException {
    assertThat(MigrationRules.broken(TIMED + statement + ";")).hasSize(1);
  }

  @Test
  void whoWaitsForALockForEverIsRefused() throws SQLException {
    assertThat(MigrationRules.broken("ALTER TABLE \"Doc\" ADD COLUMN \"x\" TEXT;")).containsExactly(
      "It has to begin with SET LOCAL lock_timeout = '5s'."
    );
  }

  @Test
  void whatHoldsUpNobodyIsTaken() throws SQLException {
    var quoted = """
    CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$
      SELECT 'CREATE INDEX a ON "Doc"(a)'; ALTER TABLE "Doc" ALTER COLUMN x SET NOT NULL;
    $$;
    """;
    for (var sql : List.of(
      "CREATE TABLE \"New\" (\"x\" TEXT NOT NULL);\nCREATE INDEX \"New_x_idx\" ON \"New\"(\"x\");",
      "ALTER TABLE \"Doc\" ADD COLUMN \"x\" TEXT NOT NULL DEFAULT '';",
      "ALTER TABLE \"Doc\" ADD CONSTRAINT sure CHECK (page_number > 0) NOT VALID;",
      "ALTER TABLE \"Doc\" VALIDATE CONSTRAINT sure;",
      quoted
    )) {
      assertThat(MigrationRules.broken("-- What for.\n" + TIMED + sql))
        .as(sql)
        .isEmpty();
    }
    assertThat(MigrationRules.broken(quoted)).isEmpty();
    assertThat(
      MigrationRules.broken("-- Why.\nDROP INDEX CONCURRENTLY \"Doc_x_idx\";\n")
    ).isEmpty();
  }
}
