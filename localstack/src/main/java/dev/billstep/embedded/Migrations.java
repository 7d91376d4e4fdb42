package dev.billstep.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Applies Prisma's migration files, in the order of their names, each in one transaction. */
final class Migrations {

  private final DataSource database;

  Migrations(DataSource database) {
    this.database = database;
  }

  void apply(Path folder) {
    for (var migration : inOrder(folder)) {
      run(migration.getFileName().toString(), read(migration.resolve("migration.sql")));
    }
  }

  void run(String name, String sql) {
    try (var connection = database.getConnection(); var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      connection.commit();
    } catch (SQLException e) {
      throw new StackFailure("Migration %s failed: %s".formatted(name, e.getMessage()), e);
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
