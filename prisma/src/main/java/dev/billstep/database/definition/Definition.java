package dev.billstep.database.definition;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * What the files say, without the migrations.
 *
 * @param tables the statements that make the tables of {@code schema.prisma}
 */
record Definition(DatabaseFolder folder, String tables) {
  private static final String FUNCTION_NAMES =
    "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace";

  /**
   * Makes an empty database so.
   *
   * @throws DefinitionFailure where a file can't be followed
   */
  void applyTo(DataSource database) {
    try (var connection = database.getConnection()) {
      execute(connection, "schema.prisma", tables);
      var constraints = folder.constraints();
      execute(connection, constraints.path(), constraints.sql());
      functions(connection);
      var policies = folder.policies();
      execute(connection, policies.path(), policies.sql());
      docTypes(connection);
      for (var setting : folder.settings()) {
        execute(connection, setting.path(), setting.insert());
      }
    } catch (SQLException e) {
      throw new DefinitionFailure.CatalogueUnreadable(e);
    }
  }

  /** Twice: one may call another whose file comes later, so that bodies are checked at the end. */
  private void functions(Connection connection) throws SQLException {
    for (var check : new String[] { "off", "on" }) {
      execute(connection, SqlFile.FUNCTIONS, "SET check_function_bodies = " + check);
      for (var function : folder.functions()) {
        execute(connection, function.path(), function.sql());
      }
    }
    checkNames(connection);
  }

  private void checkNames(Connection connection) throws SQLException {
    var without = new TreeSet<String>();
    try (
      var statement = connection.createStatement();
      var names = statement.executeQuery(FUNCTION_NAMES)
    ) {
      while (names.next()) {
        without.add(names.getString(1));
      }
    }
    for (var file : folder.functions()) {
      if (!without.remove(file.name())) {
        throw new DefinitionFailure.FileMisnamed(file.path(), "it has no function " + file.name());
      }
    }
    if (!without.isEmpty()) {
      throw new DefinitionFailure.FileMisnamed(
        SqlFile.FUNCTIONS,
        without.stream().collect(Collectors.joining(", ", "no file of its own for ", ""))
      );
    }
  }

  /** The newest version of a type is the one that new jobs read by. */
  private void docTypes(Connection connection) {
    var newest = new TreeMap<String, DocTypeFile>();
    for (var version : folder.docTypes()) {
      execute(connection, DocTypeFile.path(version.docType(), version.version()), version.insert());
      newest.put(version.docType(), version);
    }
    newest.forEach((docType, version) ->
      execute(connection, DocTypeFile.path(docType, version.version()), version.activate())
    );
  }

  private static void execute(Connection connection, String file, String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DefinitionFailure.FileRefused(file, e);
    }
  }
}
