package dev.billstep.database.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Prisma's command, with the engine that is written in JavaScript and needs no download. */
public final class Prisma {

  /** A schema without models, for Prisma to fill in. */
  private static final String NO_MODELS = """
  datasource db {
    provider = "postgresql"
    url      = env("DATABASE_URL")
  }
  """;

  /** What it says instead of an empty script. */
  private static final String NOTHING = "-- This is an empty migration.";

  private static final int SECONDS = 180;

  private final Path home;
  /** By schema: the same one is asked for again and again. */
  private final Map<String, String> scripts = new ConcurrentHashMap<>();

  /**
   * Starts nothing yet.
   *
   * @param home the checkout's root, where its packages are installed
   */
  public Prisma(Path home) {
    this.home = home;
  }

  /**
   * The statements that make a schema's tables in an empty database.
   *
   * @param any a database: nothing is done in it, but this engine connects first whatever it does
   * @throws DefinitionFailure where Prisma does not take the schema
   */
  String tables(URI any, Path schema) {
    return inFolder(folder -> {
      var models = Files.readString(schema);
      var known = scripts.get(models);
      var script = known != null ? known : difference(folder, any, List.of("--from-empty"), schema);
      scripts.put(models, script);
      return script;
    });
  }

  /**
   * The statements that change a database's tables to what a schema says; empty where they are so.
   *
   * @throws DefinitionFailure where Prisma does not take the schema
   */
  String tableChanges(URI from, Path schema) {
    return inFolder(folder -> {
      var models = Files.writeString(folder.resolve("from.prisma"), NO_MODELS);
      var printed = run(
        folder,
        from,
        List.of("db", "pull", "--print", "--schema", models.toString())
      );
      // Warnings come first.
      Files.writeString(models, printed.substring(Math.max(0, printed.indexOf("datasource db"))));
      return difference(
        folder,
        from,
        List.of("--from-schema-datamodel", models.toString()),
        schema
      );
    });
  }

  private String difference(Path folder, URI any, List<String> from, Path schema)
    throws IOException, InterruptedException {
    var script = folder.resolve("difference.sql");
    var arguments = new ArrayList<>(List.of("migrate", "diff", "--script"));
    arguments.addAll(from);
    arguments.addAll(
      List.of("--to-schema-datamodel", schema.toString(), "--output", script.toString())
    );
    run(folder, any, arguments);
    var sql = Files.readString(script).strip();
    return sql.equals(NOTHING) ? "" : sql + "\n";
  }

  private String run(Path folder, URI database, List<String> arguments)
    throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("node", "node_modules/prisma/build/index.js"));
    command.addAll(arguments);
    command.addAll(List.of("--config", "prisma/src/main/node/offline.config.ts"));
    var output = folder.resolve("output");
    var errors = folder.resolve("errors");
    var builder = new ProcessBuilder(command)
      .directory(home.toFile())
      .redirectOutput(output.toFile())
      .redirectError(errors.toFile());
    builder.environment().put("DATABASE_URL", database.toString());
    // That it is there keeps Prisma from downloading it; it is never loaded.
    builder.environment().put("PRISMA_QUERY_ENGINE_LIBRARY", errors.toString());
    var process = builder.start();
    var name = "%s %s".formatted(arguments.get(0), arguments.get(1));
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new DefinitionFailure.PrismaFailed(name, "no end after %d s".formatted(SECONDS));
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new DefinitionFailure.PrismaFailed(name, Files.readString(errors));
    }
    return Files.readString(output);
  }

  private static String inFolder(Work work) {
    try {
      var folder = Files.createTempDirectory("prisma");
      try {
        return work.in(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DefinitionFailure.PrismaFailed("", "it was interrupted", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private interface Work {
    String in(Path folder) throws IOException, InterruptedException;
  }
}
