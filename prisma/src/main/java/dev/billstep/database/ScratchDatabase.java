package dev.billstep.database;

import java.net.URI;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A further database of a server, which is dropped in the end.
 *
 * @param source connects to it as the superuser
 * @param uri the same for other programs
 */
public record ScratchDatabase(
  PostgresServer server,
  String name,
  DataSource source,
  URI uri
) implements AutoCloseable {
  @Override
  public void close() {
    server.execute("DROP DATABASE %s WITH (FORCE)".formatted(name));
  }

  /**
   * Runs statements in it.
   *
   * @throws SQLException where it refuses one
   */
  public void execute(String sql) throws SQLException {
    try (var connection = source.getConnection(); var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
