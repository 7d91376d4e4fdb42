package dev.billstep.database;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database is not there, or not as it should be; the message says so in a sentence. */
public abstract sealed class DatabaseFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private DatabaseFailure(String sentence, @Nullable Exception cause) {
    super(sentence, cause);
  }

  /** PostgreSQL did not come up. */
  public static final class NotStarted extends DatabaseFailure {

    private static final long serialVersionUID = 1L;

    NotStarted(IOException cause) {
      super("PostgreSQL did not start: " + cause.getMessage(), cause);
    }
  }

  /** PostgreSQL refused a migration: nothing of it is there. */
  public static final class MigrationRefused extends DatabaseFailure {

    private static final long serialVersionUID = 1L;

    private final String migration;

    MigrationRefused(String migration, SQLException cause) {
      super("Migration %s failed: %s".formatted(migration, cause.getMessage()), cause);
      this.migration = migration;
    }

    /** The migration's name. */
    public String migration() {
      return migration;
    }
  }

  /** PostgreSQL refused a statement of ours. */
  public static final class StatementRefused extends DatabaseFailure {

    private static final long serialVersionUID = 1L;

    StatementRefused(String statement, SQLException cause) {
      super("%s failed: %s".formatted(statement, cause.getMessage()), cause);
    }
  }

  /** The database has a migration that this version of ours does not know. */
  public static final class MadeByNewerVersion extends DatabaseFailure {

    private static final long serialVersionUID = 1L;

    MadeByNewerVersion(String migration) {
      super(
        (
          "The database was made by a newer version of Billstep: it has the migration %s, which this one does not know. " +
          "Use the newer version."
        ).formatted(migration),
        null
      );
    }
  }
}
