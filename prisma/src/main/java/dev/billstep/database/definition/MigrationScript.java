package dev.billstep.database.definition;

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
import dev.billstep.database.definition.Difference.Changed;
import dev.billstep.database.definition.Difference.Missing;
import dev.billstep.database.definition.Difference.Surplus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that close differences.
 *
 * @param defined what the database is to be made of
 * @param tables what Prisma says of the tables; empty where nothing changes
 */
record MigrationScript(
  DatabaseFolder folder,
  List<Difference> differences,
  Catalogue defined,
  String tables
) {
  /** Who gets nothing of a new table or function that is not said. */
  private static final String EVERYONE_ELSE = "PUBLIC, anon, authenticated";

  /** As Prisma adds values to enums. */
  private static final Pattern ENUM_VALUES = Pattern.compile(
    "(?m)^-- AlterEnum\\R(?:(?:--.*)?\\R)*(?:ALTER TYPE .* ADD VALUE .*;\\R)+\\R?"
  );

  /** As Prisma makes and drops indexes. */
  private static final Pattern INDEX = Pattern.compile(
    "(?m)^-- (?:Create|Drop)Index\\R(?:CREATE (?:UNIQUE )?INDEX \\S+ ON (?<table>\"[^\"]+\").*|DROP INDEX .*);\\R*"
  );

  /** As it adds foreign keys. */
  private static final Pattern NOT_VALID = Pattern.compile(
    "(?m)^(?<start>ALTER TABLE (?<table>\\S+) ADD CONSTRAINT (?<key>\\S+) FOREIGN KEY .*);"
  );

  /** Who waits for a lock has everybody wait who comes after: better to try again. */
  private static final String LOCK_TIMEOUT = """
  SET LOCAL lock_timeout = '5s';

  """;

  private static final Pattern ENUM_VALUE = Pattern.compile(
    "ALTER TYPE (?<type>\\S+) ADD VALUE '(?<value>.*)'"
  );

  /**
   * What one migration each says, in their order, safe on a database that is in use. Mostly it is
   * one. Values of enums come before, in one of their own: they can be used only after the transaction
   * that has added them. What looks at all rows of a table comes after, outside of the transaction
   * that keeps others from the table; and each index, which is made beside the writers, has to be a
   * migration of one statement, for which Prisma opens no transaction.
   *
   * @throws DefinitionFailure.VersionRewritten where something was changed that never changes
   */
  List<Part> migrations() {
    checkVersions();
    var rest = ENUM_VALUES.matcher(tables).replaceAll("");
    var indexes = indexes(rest);
    for (var index : indexes) {
      rest = rest.replace(index.prismas(), "");
    }
    var main = Stream.of(
      drops(),
      rest.isBlank() ? "" : NOT_VALID.matcher(rest).replaceAll("${start} NOT VALID;"),
      checks(Check::add),
      functions(),
      policies(),
      docTypes(),
      settings()
    );
    var held = NOT_VALID.matcher(rest)
      .results()
      .map(key ->
        "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n".formatted(key.group("table"), key.group("key"))
      )
      .collect(Collectors.joining());
    var parts = new ArrayList<Part>();
    parts.add(new Part("_values", timed(enumValues())));
    parts.add(
      new Part("", timed(main.filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"))))
    );
    parts.add(new Part("_holds", timed(held + checks(Check::validate))));
    indexes.forEach(index -> parts.add(new Part("_index", index.concurrently())));
    return parts
      .stream()
      .filter(part -> !part.sql().isEmpty())
      .toList();
  }

  private static String timed(String sql) {
    return sql.isEmpty() ? "" : LOCK_TIMEOUT + sql;
  }

  /** Those of tables that are there already. */
  private List<Index> indexes(String sql) {
    return INDEX.matcher(sql)
      .results()
      .filter(
        index ->
          index.group("table") == null ||
          !sql.contains("CREATE TABLE %s (".formatted(index.group("table")))
      )
      .map(index -> new Index(index.group()))
      .toList();
  }

  /**
   * One migration.
   *
   * @param suffix to the name that was asked for; several indexes share theirs
   */
  record Part(String suffix, String sql) {}

  /**
   * An index that is made or dropped.
   *
   * @param prismas statement, below its comment
   */
  private record Index(String prismas) {
    String concurrently() {
      return prismas.strip().replaceFirst(" INDEX ", " INDEX CONCURRENTLY ") + "\n";
    }
  }

  private String enumValues() {
    return ENUM_VALUES.matcher(tables)
      .results()
      .map(MatchResult::group)
      .flatMap(String::lines)
      .map(ENUM_VALUE::matcher)
      .filter(Matcher::lookingAt)
      .map(added -> added.group() + place(added.group("type"), added.group("value")) + ";\n")
      .collect(Collectors.joining());
  }

  /** Where a value stands among those of its enum: Prisma adds all of them at the end. */
  private String place(String type, String value) {
    var labels = Objects.requireNonNull(defined.objects().get("enum " + type))
      .definition()
      .lines()
      .toList();
    int at = labels.indexOf(value);
    return at == 0
      ? " BEFORE " + Sql.constant(labels.get(1))
      : " AFTER " + Sql.constant(labels.get(at - 1));
  }

  private void checkVersions() {
    for (var difference : differences) {
      switch (difference) {
        case Changed(DocTypeVersion was, var is) -> throw new DefinitionFailure.VersionRewritten(
          was
        );
        case Surplus(DocTypeVersion was) -> throw new DefinitionFailure.VersionRewritten(was);
        case Changed(Setting was, Setting is) when (
          was.version() != null && Objects.equals(was.version(), is.version())
        ) -> throw new DefinitionFailure.VersionRewritten(was);
        default -> {
        }
      }
    }
  }

  /** What is gone, and what can't be replaced: triggers before the functions that they call. */
  private String drops() {
    var drops = new ArrayList<String>();
    for (var was : outdated()) {
      if (was instanceof Policy policy) {
        drops.add("DROP POLICY %s ON %s;\n".formatted(policy.policy(), policy.table()));
      }
      if (was instanceof Check check && remains(TablePart.TABLE + check.table())) {
        drops.add(check.drop());
      }
      if (was instanceof Trigger trigger) {
        drops.add("DROP TRIGGER %s ON %s;\n".formatted(trigger.trigger(), trigger.table()));
      }
    }
    for (var difference : differences) {
      switch (difference) {
        case Surplus(SqlFunction was) -> drops.add(was.drop());
        case Changed(SqlFunction was, SqlFunction is) when !is.canReplace(was) -> drops.add(
          was.drop()
        );
        default -> {
        }
      }
    }
    return String.join("", drops);
  }

  private List<DatabaseObject> outdated() {
    return differences
      .stream()
      .flatMap(
        difference ->
          switch (difference) {
            case Missing _ -> Stream.<DatabaseObject>empty();
            case Surplus(var was) -> Stream.of(was);
            case Changed(var was, _) -> Stream.of(was);
          }
      )
      .toList();
  }

  private List<DatabaseObject> current() {
    return differences
      .stream()
      .flatMap(
        difference ->
          switch (difference) {
            case Missing(var is) -> Stream.of(is);
            case Surplus _ -> Stream.<DatabaseObject>empty();
            case Changed(_, var is) -> Stream.of(is);
          }
      )
      .toList();
  }

  private String checks(Function<Check, String> statement) {
    return current()
      .stream()
      .filter(Check.class::isInstance)
      .map(is -> statement.apply((Check) is))
      .collect(Collectors.joining());
  }

  /** The files of all functions that differ, or whose triggers do: each can be run again. */
  private String functions() {
    var names = new TreeSet<String>();
    for (var is : current()) {
      if (is instanceof SqlFunction function) {
        names.add(function.simpleName());
      }
      if (is instanceof Trigger trigger) {
        names.add(trigger.function());
      }
    }
    var files = folder
      .functions()
      .stream()
      .filter(file -> names.contains(file.name()))
      .map(SqlFile::sql)
      .collect(Collectors.joining("\n"));
    // One may call another that comes after it.
    return names.size() > 1 ? "SET LOCAL check_function_bodies = off;\n\n" + files : files;
  }

  private String policies() {
    var made = made();
    var lines = new LinkedHashSet<String>();
    made.forEach(on -> lines.add("REVOKE ALL ON %s FROM %s".formatted(on, EVERYONE_ELSE)));
    for (var difference : differences) {
      switch (difference) {
        case Missing(RowSecurity is) -> lines.add(is.definition());
        case Surplus(RowSecurity was) when remains(TablePart.TABLE + was.table()) -> lines.add(
          was.opposite()
        );
        case Missing(Policy is) -> lines.add(is.definition());
        case Changed(_, Policy is) -> lines.add(is.definition());
        default -> {
        }
      }
    }
    for (var object : defined.objects().values()) {
      if (object instanceof Privileges privileges && made.contains(privileges.on())) {
        lines.add(privileges.definition());
      }
    }
    lines.addAll(privileges(made));
    return lines
      .stream()
      .map(line -> line + ";\n")
      .collect(Collectors.joining());
  }

  /** The tables and functions that the script makes, or makes anew, as privileges name them. */
  private Set<String> made() {
    var made = new TreeSet<String>();
    for (var difference : differences) {
      switch (difference) {
        case Missing(TablePart is) when is.isTable() -> made.add(is.on());
        case Missing(SqlFunction is) -> made.add(is.on());
        case Changed(SqlFunction was, SqlFunction is) when !is.canReplace(was) -> made.add(is.on());
        default -> {
        }
      }
    }
    return made;
  }

  /** Of what was there before and stays. */
  private List<String> privileges(Set<String> made) {
    var lines = new ArrayList<String>();
    for (var difference : differences) {
      switch (difference) {
        case Missing(Privileges is) when !made.contains(is.on()) -> lines.add(is.definition());
        case Surplus(Privileges was) when (
          !made.contains(was.on()) && remains(was.subject())
        ) -> lines.add(was.revoke(List.of("ALL")));
        case Changed(Privileges was, Privileges is) when !made.contains(is.on()) -> {
          lines.addAll(statement(was.privileges(), is.privileges(), is::revoke));
          lines.addAll(statement(is.privileges(), was.privileges(), is::grant));
        }
        default -> {
        }
      }
    }
    return lines;
  }

  private boolean remains(String name) {
    return defined.objects().containsKey(name);
  }

  /** About those that the other list lacks, where there are some. */
  private static List<String> statement(
    List<String> privileges,
    List<String> others,
    Function<List<String>, String> statement
  ) {
    var alone = privileges
      .stream()
      .filter(privilege -> !others.contains(privilege))
      .toList();
    return alone.isEmpty() ? List.of() : List.of(statement.apply(alone));
  }

  private String docTypes() {
    var statements = new StringBuilder();
    for (var file : folder.docTypes()) {
      for (var difference : differences) {
        if (difference instanceof Missing(DocTypeVersion is) && file.is(is)) {
          statements.append(file.insert());
        }
      }
    }
    for (var file : folder.docTypes()) {
      for (var difference : differences) {
        switch (difference) {
          case Missing(ActiveVersion is) when file.is(is) -> statements.append(file.activate());
          case Changed(ActiveVersion was, ActiveVersion is) when file.is(is) -> statements.append(
            file.activateAfter(was.version())
          );
          default -> {
          }
        }
      }
    }
    return statements.toString();
  }

  private String settings() {
    var statements = new StringBuilder();
    for (var file : folder.settings()) {
      for (var difference : differences) {
        switch (difference) {
          case Missing(Setting is) when file.is(is) -> statements.append(file.insert());
          case Changed(Setting was, Setting is) when file.is(is) -> statements.append(
            file.updateFrom(was.definition())
          );
          default -> {
          }
        }
      }
    }
    for (var difference : differences) {
      if (difference instanceof Surplus(Setting was)) {
        statements.append(SettingFile.delete(was.key()));
      }
    }
    return statements.toString();
  }
}
