package dev.billstep.database.definition;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is not the same in a database that was migrated and in one that the files say. */
public sealed interface Difference {
  /** The command that writes what is missing. */
  String MEND =
    "Write the migration that makes them agree: prisma/next-migration NAME\n" +
    "(or mend the file, where it is the migrations that are right)";

  /** The object's name, such as {@code function hold_job(uuid,text)}. */
  String name();

  /** Its two definitions, a line each that is not in both. */
  String lines();

  /** Whether it is about a kind of object. */
  boolean isOf(Class<? extends DatabaseObject> kind);

  /** In the files alone. */
  record Missing(DatabaseObject defined) implements Difference {
    @Override
    public String name() {
      return defined.name();
    }

    @Override
    public boolean isOf(Class<? extends DatabaseObject> kind) {
      return kind.isInstance(defined);
    }

    @Override
    public String lines() {
      return unified("", defined.definition(), defined.file());
    }
  }

  /** In the migrations alone. */
  record Surplus(DatabaseObject migrated) implements Difference {
    @Override
    public String name() {
      return migrated.name();
    }

    @Override
    public boolean isOf(Class<? extends DatabaseObject> kind) {
      return kind.isInstance(migrated);
    }

    @Override
    public String lines() {
      return unified(migrated.definition(), "", migrated.file());
    }
  }

  /** In both, and not the same. */
  record Changed(DatabaseObject migrated, DatabaseObject defined) implements Difference {
    @Override
    public String name() {
      return defined.name();
    }

    @Override
    public boolean isOf(Class<? extends DatabaseObject> kind) {
      return kind.isInstance(defined);
    }

    @Override
    public String lines() {
      return unified(migrated.definition(), defined.definition(), defined.file());
    }
  }

  private static String unified(String migrated, String defined, String file) {
    var before = migrated.lines().toList();
    var patch = DiffUtils.diff(before, defined.lines().toList());
    return String.join(
      "\n",
      UnifiedDiffUtils.generateUnifiedDiff("prisma/migrations", "prisma/" + file, before, patch, 2)
    );
  }

  /** All of them for a reader, and how to mend them. */
  static String report(List<Difference> differences) {
    return Stream.concat(
      Stream.of(
        "%d of the database's parts are not what the files of prisma/ say:".formatted(
          differences.size()
        )
      ),
      Stream.concat(
        differences
          .stream()
          .map(
            difference -> difference.name() + "\n" + difference.lines().indent(2).stripTrailing()
          ),
        Stream.of(MEND)
      )
    ).collect(Collectors.joining("\n\n"));
  }
}
