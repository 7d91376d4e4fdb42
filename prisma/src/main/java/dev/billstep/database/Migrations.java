package dev.billstep.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Applies Prisma's migration files, in the order of their names, as Prisma does: each in one
 * transaction, but for one whose only statement makes or drops an index beside the writers of its
 * table, which PostgreSQL does in no transaction.
 */
public final class Migrations {

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
    applyResource("supabase-platform");
  }

  private void applyResource(String name) {
    try (
      var in = Objects.requireNonNull(Migrations.class.getResourceAsStream("/" + name + ".sql"))
    ) {
      run(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String name, String sql) {
    try (var connection = database.getConnection(); var statement = connection.createStatement()) {
      if (CONCURRENTLY.matcher(sql).find()) {
        statement.execute(sql);
      } else {
        connection.setAutoCommit(false);
        statement.execute(sql);
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
