package dev.billstep.it;

import static dev.billstep.it.TestDatabase.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.doctype.DocType;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.settings.SettingsService;
import dev.billstep.supabase.SupabaseSettingsStore;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A doc type comes to the database and to the functions one after the other, while jobs run. */
@ExtendWith(OnEmbeddedDatabase.class)
class NewDocTypeIT {

  private final EmbeddedDatabase database;
  private final SettingsService settings;

  NewDocTypeIT(EmbeddedDatabase database) {
    this.database = database;
    this.settings = new SettingsService(
      new SupabaseSettingsStore(database.supabase()),
      InstantSource.system()
    );
  }

  @Test
  void jobsAreClaimedWhileATypeIsInTheDatabaseAlone() throws SQLException {
    sql(database, "ALTER TYPE \"DocType\" ADD VALUE IF NOT EXISTS 'credit_note'");
    sql(
      database,
      """
      INSERT INTO "DocTypeSchema" (doc_type, version, schema, prompt, prompt_version, active)
        SELECT 'credit_note', 1, schema, prompt, 'credit_note-1', true FROM "DocTypeSchema"
        WHERE doc_type = 'unknown' AND version = 1
      """
    );
    try {
      assertThat(settings.current().schemas()).containsOnlyKeys(DocType.values());
    } finally {
      sql(database, "DELETE FROM \"DocTypeSchema\" WHERE doc_type = 'credit_note'");
    }
  }
}
