package dev.billstep.database.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.database.OnPostgres;
import dev.billstep.database.PostgresServer;
import dev.billstep.database.definition.DatabaseObject.ActiveVersion;
import dev.billstep.database.definition.DatabaseObject.Check;
import dev.billstep.database.definition.DatabaseObject.DocTypeVersion;
import dev.billstep.database.definition.DatabaseObject.Policy;
import dev.billstep.database.definition.DatabaseObject.Privileges;
import dev.billstep.database.definition.DatabaseObject.RowSecurity;
import dev.billstep.database.definition.DatabaseObject.Setting;
import dev.billstep.database.definition.DatabaseObject.SqlFunction;
import dev.billstep.database.definition.DatabaseObject.TablePart;
import dev.billstep.database.definition.DatabaseObject.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the database is can be read in {@code prisma/}, without going through its migrations. */
@ExtendWith(OnPostgres.class)
class DefinitionIT {

  private final PostgresServer server;

  @TempDir
  Path folder;

  DefinitionIT(PostgresServer server) {
    this.server = server;
  }

  /** Where this fails, the message says which part differs, how, and what to do. */
  @Test
  void theMigrationsMakeWhatTheFilesSay() {
    var differences = comparison(PrismaFolders.OURS).differences();
    assertThat(differences)
      .withFailMessage(() -> Difference.report(differences))
      .isEmpty();
  }

  @Test
  void everyKindOfObjectIsCompared() {
    assertThat(comparison(PrismaFolders.OURS).defined().objects().values())
      .hasAtLeastOneElementOfType(TablePart.class)
      .hasAtLeastOneElementOfType(Check.class)
      .hasAtLeastOneElementOfType(SqlFunction.class)
      .hasAtLeastOneElementOfType(Trigger.class)
      .hasAtLeastOneElementOfType(Policy.class)
      .hasAtLeastOneElementOfType(RowSecurity.class)
      .hasAtLeastOneElementOfType(Privileges.class)
      .hasAtLeastOneElementOfType(DocTypeVersion.class)
      .hasAtLeastOneElementOfType(ActiveVersion.class)
      .hasAtLeastOneElementOfType(Setting.class);
  }

  @Test
  void aDifferenceIsNamedAndShownWithTheCommandThatMendsIt() throws IOException {
    var changed = PrismaFolders.copy(folder);
    PrismaFolders.replace(changed, "functions/hold_job.sql", "'BS003'", "'BS009'");

    assertThat(Difference.report(comparison(changed).differences()))
      .contains("function hold_job(uuid,text)")
      .contains("+++ prisma/functions/hold_job.sql")
      .containsPattern("(?m)^ *-.*'BS003'")
      .containsPattern("(?m)^ *\\+.*'BS009'")
      .contains("prisma/next-migration NAME");
  }

  @Test
  void aTableThatAMigrationLeavesToEverybodyIsFound() throws IOException {
    var changed = PrismaFolders.copy(folder);
    PrismaFolders.write(
      changed,
      "migrations/20300101000000_by_hand/migration.sql",
      "CREATE TABLE open (id integer);"
    );

    assertThat(comparison(changed).differences())
      .extracting(Difference::name)
      .contains("table open", "privileges of anon on TABLE open");
  }

  @Test
  void aFileThatPostgresRefusesIsNamed() throws IOException {
    var changed = PrismaFolders.copy(folder);
    PrismaFolders.replace(changed, "functions/fail_job.sql", "lease_until = NULL", "lease = NULL");

    assertThatThrownBy(() -> comparison(changed).differences())
      .isInstanceOf(DefinitionFailure.class)
      .hasMessageContaining("prisma/functions/fail_job.sql: ERROR: column \"lease\"");
  }

  @Test
  void aFunctionIsFoundByItsName() throws IOException {
    var changed = PrismaFolders.copy(folder);
    Files.move(
      changed.path().resolve("functions/fail_job.sql"),
      changed.path().resolve("functions/end_job.sql")
    );

    assertThatThrownBy(() -> comparison(changed).differences())
      .isInstanceOf(DefinitionFailure.class)
      .hasMessage("prisma/functions/end_job.sql: it has no function end_job");
  }

  private Comparison comparison(DatabaseFolder of) {
    return new Comparison(server, of, PrismaFolders.PRISMA);
  }
}
