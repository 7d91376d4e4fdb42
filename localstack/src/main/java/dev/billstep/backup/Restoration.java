package dev.billstep.backup;

import dev.billstep.backup.Backup.Saved;
import dev.billstep.backup.Manifest.Table;
import dev.billstep.database.DatabaseFailure;
import dev.billstep.database.Migrations;
import dev.billstep.database.PostgresServer;
import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackKeys;
import dev.billstep.json.Json;
import dev.billstep.stack.StackFailure;
import dev.billstep.storage.PrivateFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;

/** Makes a stack's folder of a backup: all of it or none. */
public final class Restoration {

  /** Rows that say where a page's image is. */
  private static final List<String> WITH_IMAGES = List.of("Doc", "DocRevision");

  private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString(
    "rw-------"
  );

  private final Project project;

  public Restoration(Project project) {
    this.project = project;
  }

  /**
   * Makes it, with new keys of its own. Those of models' providers stay as they are in the folder, and so
   * do its users where it has any: a backup brings back neither who was removed nor an old password.
   *
   * @param wanted a folder that is not there yet, or empty
   * @throws StackFailure where the folder has something, the file is no whole backup, or a newer version
   *     of this program has made it
   */
  public Saved of(Path file, DataFolder wanted) {
    if (!wanted.isEmpty()) {
      throw new StackFailure(
        "There is data in %s already. Choose another folder with --data, or replace it with --replace.".formatted(
          wanted.path()
        )
      );
    }
    return instead(file, wanted);
  }

  /**
   * As {@link #of}; what is there is deleted as soon as all of the backup is beside it.
   *
   * @throws StackFailure where the folder is in use, the file is no whole backup, or a newer version of
   *     this program has made it
   */
  public Saved instead(Path file, DataFolder wanted) {
    wanted.make();
    var part = new DataFolder(Path.of(wanted.path() + ".part"));
    try (var _ = wanted.hold(); var zip = new ZipFile(file.toFile())) {
      var manifest = checked(zip, file);
      part.make();
      restoreDatabase(zip, manifest, part, wanted);
      int files = restoreFiles(zip, manifest, part);
      keepProvidersKeys(wanted, part);
      keepPeople(wanted, part);
      wanted.delete();
      Files.move(part.path(), wanted.path());
      return new Saved(manifest.tables().stream().mapToLong(Table::rows).sum(), files);
    } catch (NoSuchFileException e) {
      throw new StackFailure("There is no file " + file, e);
    } catch (ZipException e) {
      throw new StackFailure("%s is no backup of Billstep, or not all of it.".formatted(file), e);
    } catch (IOException | SQLException | DatabaseFailure e) {
      throw new StackFailure("%s could not be restored: %s".formatted(file, e.getMessage()), e);
    } finally {
      if (Files.exists(part.path())) {
        part.delete();
      }
    }
  }

  /** A backup has none, and those of this machine are good for what is restored on it. */
  private static void keepProvidersKeys(DataFolder before, DataFolder now) {
    StackKeys.find(before).ifPresent(known ->
      StackKeys.change(now, made -> made.withProvidersOf(known))
    );
  }

  private static void keepPeople(DataFolder before, DataFolder now) throws IOException {
    if (!Files.exists(before.people())) {
      return;
    }
    if (Files.exists(now.people())) {
      new DataFolder(now.people()).delete();
    }
    try (var files = Files.walk(before.people())) {
      for (var file : files.toList()) {
        var copy = now.people().resolve(before.people().relativize(file));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static Manifest checked(ZipFile zip, Path file) throws IOException {
    var entry = zip.getEntry(Manifest.NAME);
    if (entry == null) {
      throw new StackFailure("%s is no backup of Billstep.".formatted(file));
    }
    Manifest manifest;
    try (var in = zip.getInputStream(entry)) {
      manifest = Json.read(in.readAllBytes(), Manifest.class);
    }
    if (manifest.format() != Manifest.FORMAT) {
      throw new StackFailure(
        "%s was made by a newer version of Billstep. Use that one.".formatted(file)
      );
    }
    for (var expected : manifest.entries().entrySet()) {
      if (!hash(zip, expected.getKey()).equals(expected.getValue())) {
        throw new StackFailure(
          "%s is damaged: %s is not what it was. Nothing was restored.".formatted(
            file,
            expected.getKey()
          )
        );
      }
    }
    return manifest;
  }

  private static String hash(ZipFile zip, String name) throws IOException {
    var entry = zip.getEntry(name);
    if (entry == null) {
      return "";
    }
    try (var in = Hashes.of(zip.getInputStream(entry))) {
      in.transferTo(OutputStream.nullOutputStream());
      return Hashes.hex(in.getMessageDigest());
    }
  }

  /** As the database was, migration for migration; then with those that came later. */
  private void restoreDatabase(ZipFile zip, Manifest manifest, DataFolder part, DataFolder wanted)
    throws IOException, SQLException {
    var programs = project.stateFolder().resolve("postgres");
    var password = StackKeys.of(part).database();
    try (var server = PostgresServer.startIn(programs, part.database(), password)) {
      var migrations = new Migrations(server.database());
      migrations.bringUp(project.migrations(), manifest.migrations());
      try (var connection = server.database().getConnection()) {
        connection.setAutoCommit(false);
        load(connection, zip, manifest.tables());
        move(connection, manifest.pages(), wanted.pages().toUri().toString());
        connection.commit();
      }
      migrations.bringUp(project.migrations());
    }
  }

  /** Without triggers and references: rows are as they were, whatever order they come in. */
  private static void load(Connection connection, ZipFile zip, List<Table> tables)
    throws IOException, SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET LOCAL session_replication_role = replica");
      for (var table : tables) {
        statement.execute("DELETE FROM \"%s\"".formatted(table.name()));
        var copy = "COPY \"%s\" (%s) FROM STDIN".formatted(table.name(), table.quotedColumns());
        try (var in = zip.getInputStream(zip.getEntry(table.entry()))) {
          connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, in);
        }
      }
    }
  }

  /** The pages are below another folder now. */
  private static void move(Connection connection, String before, String now) throws SQLException {
    for (var table : WITH_IMAGES) {
      try (
        var statement = connection.prepareStatement(
          """
          UPDATE "%s" SET storage_uri = ? || substr(storage_uri, ?) WHERE starts_with(storage_uri, ?)
          """.formatted(table)
        )
      ) {
        statement.setString(1, now);
        statement.setInt(2, before.length() + 1);
        statement.setString(3, before);
        statement.executeUpdate();
      }
    }
  }

  private static int restoreFiles(ZipFile zip, Manifest manifest, DataFolder part)
    throws IOException {
    int count = 0;
    for (var name : manifest.entries().keySet()) {
      if (name.startsWith("files/")) {
        var file = part.path().resolve(name.substring("files/".length())).normalize();
        if (!file.startsWith(part.path())) {
          throw new StackFailure("The backup has a file outside of its folder: " + name);
        }
        PrivateFolder.make(Objects.requireNonNull(file.getParent()));
        try (var in = zip.getInputStream(zip.getEntry(name))) {
          Files.copy(in, file);
          Files.setPosixFilePermissions(file, OWNER_ALONE);
        }
        count++;
      }
    }
    return count;
  }
}
