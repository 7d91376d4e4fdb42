package dev.billstep.database.definition;

import dev.billstep.database.DatabaseFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of {@code prisma/} can't be followed; the message says which and why. */
public abstract sealed class DefinitionFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private DefinitionFailure(String sentence, @Nullable Exception cause) {
    super(sentence, cause);
  }

  /** PostgreSQL does not take what a file says. */
  static final class FileRefused extends DefinitionFailure {

    private static final long serialVersionUID = 1L;

    FileRefused(String file, SQLException cause) {
      super("prisma/%s: %s".formatted(file, cause.getMessage()), cause);
    }
  }

  /** A file does not hold what its name says. */
  static final class FileMisnamed extends DefinitionFailure {

    private static final long serialVersionUID = 1L;

    FileMisnamed(String file, String expected) {
      super("prisma/%s: %s".formatted(file, expected), null);
    }
  }

  /** What never changes once it is in a migration was changed. */
  static final class VersionRewritten extends DefinitionFailure {

    private static final long serialVersionUID = 1L;

    VersionRewritten(DatabaseObject version) {
      super(
        "%s is in the migrations and can't change or go: put it back, and add a new version (prisma/%s).".formatted(
          version.name(),
          version.file()
        ),
        null
      );
    }
  }

  /** Prisma could not be run, or does not take the schema. */
  static final class PrismaFailed extends DefinitionFailure {

    private static final long serialVersionUID = 1L;

    PrismaFailed(String command, String output) {
      this(command, output, null);
    }

    PrismaFailed(String command, String output, @Nullable Exception cause) {
      super("prisma %s failed: %s".formatted(command, output.strip()), cause);
    }
  }

  /** The database could not be asked what it is made of. */
  static final class CatalogueUnreadable extends DefinitionFailure {

    private static final long serialVersionUID = 1L;

    CatalogueUnreadable(SQLException cause) {
      super("The database could not be asked what it is made of: " + cause.getMessage(), cause);
    }
  }

  /** A migration can't have that name. */
  static final class NameRefused extends DefinitionFailure {

    private static final long serialVersionUID = 1L;

    NameRefused(String name) {
      super(
        "'%s' can't be a migration's name: use lower-case letters, digits and _.".formatted(name),
        null
      );
    }
  }

  /** What was written can't be applied: its author knows how to go on. */
  static final class MigrationUnfinished extends DefinitionFailure {

    private static final long serialVersionUID = 1L;

    MigrationUnfinished(List<Path> files, DatabaseFailure.MigrationRefused cause) {
      super(
        "%s was written, but can't be applied as it is; change it by hand. %s".formatted(
          files.stream().map(Path::toString).collect(Collectors.joining(", ")),
          cause.getMessage()
        ),
        cause
      );
    }
  }
}
