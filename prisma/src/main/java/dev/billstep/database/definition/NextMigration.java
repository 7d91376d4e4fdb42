package dev.billstep.database.definition;

import dev.billstep.database.DatabaseFailure;
import dev.billstep.database.PostgresServer;
import dev.billstep.database.definition.DatabaseObject.TablePart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the migration that makes the database what the files say. */
public final class NextMigration {

  /** As Prisma names migrations, in UTC. */
  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(_[a-z0-9]+)*");

  private final PostgresServer server;
  private final DatabaseFolder folder;
  private final Prisma prisma;
  private final InstantSource clock;

  NextMigration(PostgresServer server, DatabaseFolder folder, Prisma prisma, InstantSource clock) {
    this.server = server;
    this.folder = folder;
    this.prisma = prisma;
    this.clock = clock;
  }

  /**
   * {@code prisma/next-migration NAME}: ends with 0 where migrations and files agree afterwards.
   *
   * @param args the migration's name
   */
  public static void main(String[] args) {
    System.exit(execute(Path.of(System.getProperty("billstep.home", ".")), args[0]));
  }

  private static int execute(Path checkout, String name) {
    var home = checkout.toAbsolutePath().normalize();
    try {
      var server = PostgresServer.start(home.resolve(".billstep/postgres"));
      // Also where the command is interrupted: its processes would outlive it.
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      var folder = new DatabaseFolder(home.resolve("prisma"));
      var written = new NextMigration(
        server,
        folder,
        new Prisma(home),
        InstantSource.system()
      ).write(name);
      return report(home, written);
    } catch (DefinitionFailure | DatabaseFailure e) {
      System.err.println("next-migration: " + e.getMessage());
      return 1;
    }
  }

  private static int report(Path home, Written written) {
    if (written.files().isEmpty() && written.left().isEmpty()) {
      System.out.println("Nothing to write: the migrations make what the files of prisma/ say.");
    }
    for (var file : written.files()) {
      System.out.println("Wrote " + home.relativize(file));
    }
    written.closed().forEach(closed -> System.out.println("  " + closed.name()));
    if (written.left().isEmpty()) {
      return 0;
    }
    System.err.println(
      "next-migration: what could not be worked out is yours to add to it. " +
        Difference.report(written.left())
    );
    return 1;
  }

  /**
   * What was done.
   *
   * @param files none where nothing differed
   * @param closed what they change
   * @param left what differs still
   */
  record Written(List<Path> files, List<Difference> closed, List<Difference> left) {}

  /**
   * Writes it, if anything differs.
   *
   * @param name lower-case words joined by {@code _}
   * @throws DefinitionFailure where the name or a file can't be followed
   * @throws DefinitionFailure.MigrationUnfinished where it was written and can't be applied
   * @throws DatabaseFailure where another migration can't be applied
   */
  Written write(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new DefinitionFailure.NameRefused(name);
    }
    var comparison = new Comparison(server, folder, prisma);
    var differences = comparison.differences();
    if (differences.isEmpty()) {
      return new Written(List.of(), List.of(), List.of());
    }
    var script = new MigrationScript(
      folder,
      differences,
      comparison.defined(),
      tables(comparison, differences)
    );
    var files = write(name, script.migrations());
    var left = left(comparison, files);
    return new Written(
      files,
      differences
        .stream()
        .filter(difference -> !left.contains(difference))
        .toList(),
      left
    );
  }

  private static List<Difference> left(Comparison comparison, List<Path> files) {
    try {
      return comparison.differences();
    } catch (DatabaseFailure.MigrationRefused e) {
      throw new DefinitionFailure.MigrationUnfinished(files, e);
    }
  }

  private String tables(Comparison comparison, List<Difference> differences) {
    return differences.stream().anyMatch(difference -> difference.isOf(TablePart.class))
      ? comparison.inMigrated(migrated -> prisma.tableChanges(migrated.uri(), folder.schema()))
      : "";
  }

  /** One after the other. */
  private List<Path> write(String name, List<MigrationScript.Part> migrations) {
    var files = new ArrayList<Path>();
    var time = next();
    for (var part : migrations) {
      var migration = folder
        .migrations()
        .resolve("%s_%s%s".formatted(TIMESTAMP.format(time), name, part.suffix()));
      files.add(write(migration, part.sql()));
      time = time.plusSeconds(1);
    }
    return files;
  }

  private static Path write(Path migration, String sql) {
    try {
      return Files.writeString(Files.createDirectories(migration).resolve("migration.sql"), sql);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Now, or right after the last one, if that is later. */
  private LocalDateTime next() {
    var now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    var afterLast = LocalDateTime.parse(folder.lastTimestamp(), TIMESTAMP).plusSeconds(1);
    return now.isAfter(afterLast) ? now : afterLast;
  }
}
