package dev.billstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The migrations make what {@code schema.prisma} says, no more and no less. */
@ExtendWith(OnPostgres.class)
class SchemaIT {

  /** Everything that a Prisma schema can express, a line each. */
  private static final String CATALOGUE = """
  SELECT format('%s.%s %s null=%s default=%s', c.table_name, c.column_name,
           coalesce(nullif(c.data_type, 'USER-DEFINED'), '') || ' ' || c.udt_name || ' ' ||
           coalesce(c.datetime_precision::text, ''), c.is_nullable, c.column_default)
    FROM information_schema.columns c WHERE c.table_schema = 'public'
  UNION ALL
  SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL
  SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
  UNION ALL
  SELECT t.typname || ' ' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
    FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY t.typname
  ORDER BY 1
  """;

  @TempDir
  Path folder;

  private final PostgresServer server;

  SchemaIT(PostgresServer server) {
    this.server = server;
  }

  @Test
  void theMigrationsMakeWhatTheSchemaSays() throws Exception {
    try (var migrated = server.database().getConnection()) {
      var url = migrated.getMetaData().getURL();
      execute(migrated, "CREATE DATABASE from_schema");
      try (var modelled = open(url.replaceFirst("/postgres(?=\\?|$)", "/from_schema"))) {
        execute(modelled, scriptOfTheSchema(url));
        assertThat(catalogue(migrated)).hasSizeGreaterThan(40).isEqualTo(catalogue(modelled));
      } finally {
        execute(migrated, "DROP DATABASE from_schema");
      }
    }
  }

  private static Connection open(String url) throws SQLException {
    return DriverManager.getConnection(url, "postgres", "");
  }

  private String scriptOfTheSchema(String jdbcUrl) throws IOException, InterruptedException {
    var log = folder.resolve("prisma.log");
    var prisma = new ProcessBuilder(
      "node",
      "node_modules/prisma/build/index.js",
      "migrate",
      "diff",
      "--from-empty",
      "--to-schema-datamodel",
      "prisma/schema.prisma",
      "--script"
    )
      .directory(OnPostgres.HOME.toFile())
      .redirectError(log.toFile());
    prisma.environment().put("DATABASE_URL", url(jdbcUrl));
    prisma
      .environment()
      .put("PRISMA_QUERY_ENGINE_LIBRARY", Files.createFile(folder.resolve("no-engine")).toString());
    var process = prisma.start();
    var script = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    return script.replaceFirst("(?s)^.*?(?=-- CreateSchema)", "");
  }

  /** {@code jdbc:postgresql://host:port/database?user=…} as other clients have it. */
  private static String url(String jdbcUrl) {
    var address = jdbcUrl.replaceFirst("^jdbc:postgresql://([^/]+)/.*$", "$1");
    return "postgresql://postgres@%s/postgres".formatted(address);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> catalogue(Connection connection) throws SQLException {
    var lines = new ArrayList<String>();
    try (
      var statement = connection.createStatement();
      var result = statement.executeQuery(CATALOGUE)
    ) {
      while (result.next()) {
        lines.add(result.getString(1));
      }
    }
    return lines;
  }
}
