package dev.billstep.database.definition;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** What a migration must not do to tables that are in use (prisma/README.md, "On a live database"). */
final class MigrationRules {

  private static final Pattern COMMENTS = Pattern.compile(
    "(?s)\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)+"
  );
  private static final Pattern CONCURRENT_INDEX = pattern(
    "(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY .*"
  );
  private static final Pattern INDEX = pattern(
    "CREATE( UNIQUE)? INDEX .* ON (?<table>\"[^\"]+\").*|DROP INDEX .*"
  );
  private static final Pattern TABLE = pattern(
    "CREATE TABLE (IF NOT EXISTS )?(?<table>\"[^\"]+\").*"
  );
  private static final Pattern CONSTRAINT = pattern(
    "ALTER TABLE (ONLY )?(?<table>\"[^\"]+\") .*\\bADD CONSTRAINT .*"
  );
  private static final Pattern VALIDATION = pattern("ALTER TABLE .*\\bVALIDATE CONSTRAINT .*");
  private static final Pattern REWRITE = pattern(
    "ALTER TABLE (ONLY )?(?<table>\"[^\"]+\") .*\\b(SET NOT NULL|TYPE |SET DATA TYPE ).*"
  );
  /** Tables of a few rows, of which every one is looked at in no time. */
  private static final Set<String> SMALL = Set.of("\"DocTypeSchema\"", "\"Settings\"");

  /** What takes no lock that a writer of rows would wait for. */
  private static final Pattern HARMLESS = pattern(
    "CREATE (OR REPLACE )?FUNCTION .*|DROP FUNCTION .*|(GRANT|REVOKE) .* ON FUNCTION .*|SET LOCAL .*|" +
      "INSERT INTO \"(Settings|DocTypeSchema)\" .*|UPDATE \"(Settings|DocTypeSchema)\" .*"
  );
  private static final Pattern LOCK_TIMEOUT = pattern("SET LOCAL lock_timeout = '[1-9]s'");

  private MigrationRules() {}

  /** What is wrong with it; nothing where it may be applied. */
  static List<String> broken(String migration) throws SQLException {
    var statements = statements(migration);
    if (statements.size() == 1 && CONCURRENT_INDEX.matcher(statements.getFirst()).matches()) {
      return List.of();
    }
    var problems = new ArrayList<String>();
    boolean isHarmless = statements.stream().allMatch(each -> HARMLESS.matcher(each).matches());
    if (!isHarmless && !LOCK_TIMEOUT.matcher(statements.getFirst()).matches()) {
      problems.add("It has to begin with SET LOCAL lock_timeout = '5s'.");
    }
    var free = Stream.concat(tables(statements).stream(), SMALL.stream()).collect(
      Collectors.toSet()
    );
    for (var statement : statements) {
      check(statement, free, problems);
    }
    boolean isLocking = statements.stream().anyMatch(each -> CONSTRAINT.matcher(each).matches());
    boolean isLooking = statements.stream().anyMatch(each -> VALIDATION.matcher(each).matches());
    if (isLocking && isLooking) {
      problems.add("VALIDATE CONSTRAINT has to be in a migration after that of ADD CONSTRAINT.");
    }
    return problems;
  }

  private static void check(String statement, Set<String> free, List<String> problems) {
    if (CONCURRENT_INDEX.matcher(statement).matches()) {
      problems.add("It has to be a migration of its own: " + statement);
      return;
    }
    var index = INDEX.matcher(statement);
    if (index.matches() && !free.contains(String.valueOf(index.group("table")))) {
      problems.add("It needs CONCURRENTLY, in a migration of its own: " + statement);
    }
    var constraint = CONSTRAINT.matcher(statement);
    if (
      constraint.matches() &&
      !free.contains(constraint.group("table")) &&
      !statement.endsWith("NOT VALID")
    ) {
      problems.add("It needs NOT VALID, and VALIDATE in a migration after it: " + statement);
    }
    var rewrite = REWRITE.matcher(statement);
    if (rewrite.matches() && !free.contains(rewrite.group("table"))) {
      problems.add("It looks at every row while nobody may use the table: " + statement);
    }
  }

  private static Set<String> tables(List<String> statements) {
    return statements
      .stream()
      .flatMap(statement -> TABLE.matcher(statement).results())
      .map((MatchResult table) -> table.group("table"))
      .collect(Collectors.toSet());
  }

  /** As the driver takes a script apart, each on one line and without what is said before it. */
  private static List<String> statements(String migration) throws SQLException {
    return Parser.parseJdbcSql(migration, true, false, true, false, false)
      .stream()
      .map((NativeQuery query) -> COMMENTS.matcher(query.nativeSql).replaceFirst(""))
      .map(statement -> statement.strip().replaceAll("\\s+", " "))
      .filter(statement -> !statement.isEmpty())
      .toList();
  }

  private static Pattern pattern(String statement) {
    return Pattern.compile("(?i)" + statement);
  }
}
