package dev.billstep.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Applies Prisma's migration files, in the order of their names, as Prisma does: each in one
 * transaction, but for one whose only statement makes or drops an index beside the writers of its
 * table, which PostgreSQL does in no transaction.
 */
public final class Migrations {

  private static final String PLATFORM = "supabase-platform";

  /** Beside the schema that the API shows. */
  private static final String APPLIED = """
  CREATE SCHEMA IF NOT EXISTS billstep;
  CREATE TABLE IF NOT EXISTS billstep.applied_migration (
    name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp());
  """;

  private static final Pattern CONCURRENTLY = Pattern.compile(
    "(?m)^(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY "
  );

  private final DataSource database;

  public Migrations(DataSource database) {
    this.database = database;
  }

  /**
   * Those of a Prisma migrations folder whose names the filter takes.
   *
   * @throws DatabaseFailure.MigrationRefused where one can't be applied
   */
  public void apply(Path folder, Predicate<String> names) {
    for (var migration : inOrder(folder)) {
      var name = migration.getFileName().toString();
      if (names.test(name)) {
        run(name, read(migration.resolve("migration.sql")));
      }
    }
  }

  /**
   * All of a Prisma migrations folder.
   *
   * @throws DatabaseFailure.MigrationRefused where one can't be applied
   */
  public void apply(Path folder) {
    apply(folder, name -> true);
  }

  /**
   * What a Supabase project has before any migration of ours.
   *
   * @throws DatabaseFailure.MigrationRefused where the database has it already
   */
  public void applyPlatform() {
    run(PLATFORM, platform());
  }

  /**
   * Brings a database that is kept up to a Prisma migrations folder: what a Supabase project has and
   * those of the folder, as far as it does not have them yet.
   *
   * @throws DatabaseFailure.MadeByNewerVersion where it has one that the folder has not
   * @throws DatabaseFailure.MigrationRefused where one can't be applied
   */
  public void bringUp(Path folder) {
    bringUp(folder, name -> true);
  }

  /**
   * As {@link #bringUp(Path)}, with those alone that a database has had.
   *
   * @param had their names, as {@link #applied} gives them
   */
  public void bringUp(Path folder, Set<String> had) {
    refuseIfNewer(had, folder);
    bringUp(folder, had::contains);
  }

  private void bringUp(Path folder, Predicate<String> names) {
    run(PLATFORM, APPLIED);
    var applied = applied();
    refuseIfNewer(applied, folder);
    if (!applied.contains(PLATFORM)) {
      run(PLATFORM, platform(), noted(PLATFORM));
    }
    for (var migration : inOrder(folder)) {
      var name = migration.getFileName().toString();
      if (names.test(name) && !applied.contains(name)) {
        run(name, read(migration.resolve("migration.sql")), noted(name));
      }
    }
  }

  private static String noted(String name) {
    return "INSERT INTO billstep.applied_migration (name) VALUES ('%s')".formatted(name);
  }

  private static void refuseIfNewer(Set<String> applied, Path folder) {
    var known = inOrder(folder)
      .stream()
      .map(migration -> migration.getFileName().toString())
      .collect(Collectors.toSet());
    applied
      .stream()
      .filter(name -> !name.equals(PLATFORM) && !known.contains(name))
      .sorted()
      .findFirst()
      .ifPresent(name -> {
        throw new DatabaseFailure.MadeByNewerVersion(name);
      });
  }

  /** The names of what was applied to a database that is kept. */
  public Set<String> applied() {
    var names = new TreeSet<String>();
    try (
      var connection = database.getConnection();
      var statement = connection.createStatement();
      var rows = statement.executeQuery("SELECT name FROM billstep.applied_migration")
    ) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new DatabaseFailure.StatementRefused("The list of migrations", e);
    }
  }

  /** The SQL of what a Supabase project has before any migration of ours. */
  static String platform() {
    try (
      var in = Objects.requireNonNull(Migrations.class.getResourceAsStream("/" + PLATFORM + ".sql"))
    ) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String name, String... statements) {
    try (var connection = database.getConnection(); var statement = connection.createStatement()) {
      connection.setAutoCommit(CONCURRENTLY.matcher(statements[0]).find());
      for (var sql : statements) {
        statement.execute(sql);
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    } catch (SQLException e) {
      throw new DatabaseFailure.MigrationRefused(name, e);
    }
  }

  private static List<Path> inOrder(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
