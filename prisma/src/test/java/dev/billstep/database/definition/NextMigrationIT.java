package dev.billstep.database.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.database.Migrations;
import dev.billstep.database.OnPostgres;
import dev.billstep.database.PostgresServer;
import dev.billstep.database.ScratchDatabase;
import dev.billstep.database.definition.NextMigration.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is changed in the files becomes a migration by one command. */
@ExtendWith(OnPostgres.class)
class NextMigrationIT {

  /** After all migrations that there are. */
  private static final Instant NOW = Instant.parse("2040-02-03T04:05:06Z");

  private final PostgresServer server;

  @TempDir
  Path temporary;

  private DatabaseFolder folder = PrismaFolders.OURS;

  NextMigrationIT(PostgresServer server) {
    this.server = server;
  }

  @BeforeEach
  void copy() throws IOException {
    folder = PrismaFolders.copy(temporary);
  }

  @Test
  void nothingIsWrittenWhereNothingDiffers() throws IOException {
    var before = migrations();

    assertThat(write(NOW)).isEqualTo(new Written(List.of(), List.of(), List.of()));
    assertThat(migrations()).isEqualTo(before);
  }

  @Test
  void whateverIsChangedIsInTheMigration() throws IOException {
    replace("functions/hold_job.sql", "is not held", "is no longer held");
    replace("constraints.sql", "CHECK (attempt >= 0)", "CHECK (attempt BETWEEN 0 AND 1000)");
    replace("functions/fail_job.sql", "p_error text", "p_name text");
    replace("functions/fail_job.sql", "said(p_error,", "said(p_name,");
    replace("functions/stage_docs.sql", "p_docs jsonb", "p_docs jsonb, p_note text DEFAULT ''");
    replace("functions/keep_settings_revision.sql", "UPDATE OR DELETE", "UPDATE");
    PrismaFolders.write(folder, "functions/first.sql", function("first", "second()"));
    PrismaFolders.write(folder, "functions/second.sql", function("second", "'2'"));
    replace("policies.sql", "  stage_docs,\n", "  stage_docs,\n  first,\n");
    replace(
      "policies.sql",
      "POLICY own_calls ON \"ModelCall\" FOR SELECT",
      "POLICY own_calls ON \"ModelCall\" FOR ALL"
    );
    replace(
      "policies.sql",
      "GRANT SELECT ON",
      "ALTER TABLE \"Note\" ENABLE ROW LEVEL SECURITY;\nGRANT SELECT, UPDATE (text) ON \"Note\" TO authenticated;\nGRANT SELECT ON"
    );
    replace(
      "policies.sql",
      "GRANT SELECT ON \"ModelCall\"",
      "GRANT SELECT, INSERT ON \"ModelCall\""
    );
    replace("schema.prisma", "file_name      String?", "file_name      String?\n  nick String?");
    Files.writeString(
      folder.schema(),
      "\nmodel Note {\n  id   Int    @id\n  text String\n}\n",
      StandardOpenOption.APPEND
    );
    PrismaFolders.write(folder, "doctypes/bill/v98.schema.json", "{\"type\": \"object\"}\n");
    replace("settings/concurrency.json", "4", "8");
    PrismaFolders.write(folder, "settings/new.thing.json", "true\n");
    Files.delete(folder.path().resolve("settings/prices.json"));

    var written = write(NOW);

    assertThat(written.files()).containsExactly(
      file("20400203040506_what_is_new"),
      file("20400203040507_what_is_new_holds")
    );
    assertThat(written.closed())
      .extracting(Difference::name)
      .contains(
        "check job_attempt_counts on \"JobThread\"",
        "function hold_job(uuid,text)",
        "function fail_job(text,text,text)",
        "function stage_docs(uuid,text,jsonb)",
        "function stage_docs(uuid,text,jsonb,text)",
        "trigger keep_settings_revision on \"Settings\"",
        "function first()",
        "privileges of authenticated on TABLE \"ModelCall\"",
        "policy own_calls on \"ModelCall\"",
        "row-level security of \"Note\"",
        "privileges of authenticated on TABLE \"Note\"",
        "column \"JobThread\".nick",
        "table \"Note\"",
        "version 98 of doc type bill",
        "active version of doc type bill",
        "setting concurrency",
        "setting new.thing",
        "setting prices"
      );
    assertThat(written.left()).isEmpty();
    assertThat(Files.readString(written.files().getFirst()))
      .contains("DROP FUNCTION stage_docs(uuid,text,jsonb);")
      .contains("REVOKE ALL ON FUNCTION first() FROM PUBLIC, anon, authenticated;")
      .doesNotContain("persist_docs");
  }

  /** {@link MigrationRules} says why. */
  @Test
  void whatIsWrittenHoldsUpNobody() throws IOException, SQLException {
    replace("constraints.sql", "CHECK (attempt >= 0)", "CHECK (attempt BETWEEN 0 AND 1000)");
    replace(
      "schema.prisma",
      "  @@index([execution])\n",
      "  @@index([file_name])\n  notes Note[]\n"
    );
    Files.writeString(
      folder.schema(),
      """

      model Note {
        id            Int       @id
        text          String
        job_thread_id String    @db.Uuid
        job_thread    JobThread @relation(fields: [job_thread_id], references: [id])

        @@index([text])
      }
      """,
      StandardOpenOption.APPEND
    );
    replace(
      "policies.sql",
      "GRANT SELECT ON",
      "ALTER TABLE \"Note\" ENABLE ROW LEVEL SECURITY;\nGRANT SELECT ON"
    );

    var written = write(NOW);

    assertThat(written.left()).isEmpty();
    assertThat(written.files())
      .extracting(file -> folder.migrations().relativize(file).getName(0).toString().substring(15))
      .containsExactly(
        "what_is_new",
        "what_is_new_holds",
        "what_is_new_index",
        "what_is_new_index"
      );
    for (var file : written.files()) {
      assertThat(MigrationRules.broken(Files.readString(file)))
        .as(file.toString())
        .isEmpty();
    }
  }

  @Test
  void aDocTypeComesAfterTheEnumsValue() throws IOException {
    replace("schema.prisma", "  eway_bill\n", "  eway_bill\n  trial_slip\n  trial_note\n");
    for (var docType : List.of("trial_slip", "trial_note")) {
      PrismaFolders.write(folder, "doctypes/" + docType + "/v1.schema.json", "{}");
      PrismaFolders.write(folder, "doctypes/" + docType + "/v1.prompt.md", "Read it.");
    }

    var written = write(NOW);

    assertThat(written.files()).containsExactly(
      file("20400203040506_what_is_new_values"),
      file("20400203040507_what_is_new")
    );
    assertThat(written.left()).isEmpty();
  }

  @Test
  void itSortsAfterTheLastOneWhateverTheClockSays() throws IOException {
    PrismaFolders.write(folder, "migrations/20991231235959_of_another/migration.sql", "SELECT 1;");
    replace("settings/sweep.json", "24", "48");

    assertThat(write(NOW).files()).containsExactly(file("21000101000000_what_is_new"));
  }

  @Test
  void whatAnOperatorHasChosenStays() throws IOException, SQLException {
    PrismaFolders.write(folder, "doctypes/bill/v98.schema.json", "{\"type\": \"object\"}\n");
    replace("settings/concurrency.json", "4", "8");
    replace("settings/sweep.json", "24", "48");
    var before = migrations();
    write(NOW);

    try (var used = server.scratch("used")) {
      var migrations = new Migrations(used.source());
      migrations.apply(folder.migrations(), before::contains);
      used.execute(
        """
        UPDATE "Settings" SET value = '{"batches": 1, "pages": 1}' WHERE key = 'concurrency';
        INSERT INTO "DocTypeSchema" (doc_type, version, schema, prompt, prompt_version)
          VALUES ('bill', 99, '{}', 'p', 'bill-99');
        SELECT activate_schema('bill', 99);
        """
      );
      migrations.apply(folder.migrations(), name -> !before.contains(name));

      assertThat(setting(used, "concurrency")).contains("\"batches\": 1");
      assertThat(setting(used, "sweep")).contains("\"graceHours\": 48");
      assertThat(
        Catalogue.of(used.source()).objects().get("active version of doc type bill")
      ).isEqualTo(new DatabaseObject.ActiveVersion("bill", 99));
    }
  }

  @Test
  void aVersionThatIsInAMigrationNeverChanges() throws IOException {
    replace("doctypes/bill/v1.schema.json", "2000", "3000");

    assertThatThrownBy(() -> write(NOW))
      .isInstanceOf(DefinitionFailure.VersionRewritten.class)
      .hasMessage(
        "version 1 of doc type bill is in the migrations and can't change or go: put it back, and add a new version (prisma/doctypes/bill/v1.schema.json)."
      );
  }

  @Test
  void aPromptThatChangesHasANewVersion() throws IOException {
    replace("settings/classify.prompt/v2.md", "say unknown", "say nothing");

    assertThatThrownBy(() -> write(NOW))
      .isInstanceOf(DefinitionFailure.VersionRewritten.class)
      .hasMessageContaining("setting classify.prompt");
  }

  @Test
  void whatCanNotBeWorkedOutIsSaid() throws IOException {
    PrismaFolders.write(
      folder,
      "migrations/20300101000000_by_hand/migration.sql",
      "ALTER TABLE \"Doc\" ADD CONSTRAINT sure EXCLUDE USING hash (storage_uri WITH =);"
    );

    assertThat(write(NOW).left())
      .extracting(Difference::name)
      .containsExactly("constraint sure on \"Doc\"", "index sure");
  }

  private Written write(Instant now) {
    return new NextMigration(server, folder, PrismaFolders.PRISMA, InstantSource.fixed(now)).write(
      "what_is_new"
    );
  }

  private Path file(String migration) {
    return folder.migrations().resolve(migration).resolve("migration.sql");
  }

  private void replace(String file, String text, String by) throws IOException {
    PrismaFolders.replace(folder, file, text, by);
  }

  private List<String> migrations() throws IOException {
    try (var entries = Files.list(folder.migrations())) {
      return entries
        .map(entry -> entry.getFileName().toString())
        .sorted()
        .toList();
    }
  }

  private static String setting(ScratchDatabase database, String key) {
    var setting = Catalogue.of(database.source())
      .objects()
      .get("setting " + key);
    return setting == null ? "" : setting.definition();
  }

  private static String function(String name, String value) {
    return """
    CREATE OR REPLACE FUNCTION %s() RETURNS text
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
      SELECT %s
    $$;
    """.formatted(name, value);
  }
}
