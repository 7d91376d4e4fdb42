package dev.billstep.backup;

import dev.billstep.backup.Manifest.Table;
import dev.billstep.database.Migrations;
import dev.billstep.embedded.DataFolder;
import dev.billstep.json.Json;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Makes a backup of a stack, which may be running: the database as it was in one moment, and the files
 * of the jobs that it had then. What a job refers to was stored before, so it is there; what is stored
 * meanwhile for newer jobs is left out. Its users are in it, keys are not.
 */
public final class Backup {

  private static final String TABLES = """
  SELECT relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
  """;

  private static final String COLUMNS = """
  SELECT attname FROM pg_attribute
  WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
  ORDER BY attnum
  """;

  /** Of a job: {@code jobs/{id}/…} of its pages, {@code uploads/{user}/{id}/…} of what was uploaded. */
  private static final Pattern OF_JOB = Pattern.compile(
    "(?:^|/)(?:jobs|uploads/[0-9a-f-]{36})/([0-9a-f-]{36})/"
  );

  /** What is published anew at each start, and what is not whole yet. */
  private static final Pattern LEFT_OUT = Pattern.compile(
    "/cdk-[^/]*/|/\\.part-|\\.(tmp|part|lock)$"
  );

  private final DataSource database;
  private final DataFolder data;
  private final Map<String, String> hashes = new TreeMap<>();

  /**
   * Names what is to be saved.
   *
   * @param database of the folder, which is running
   */
  public Backup(DataSource database, DataFolder data) {
    this.database = database;
    this.data = data;
  }

  /**
   * Writes it to a file that is not there yet, for its owner alone.
   *
   * @throws StackFailure where the file is there, or can't be written
   */
  public Saved to(Path file) {
    try {
      Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
      );
    } catch (FileAlreadyExistsException e) {
      throw new StackFailure("There is a file %s already.".formatted(file), e);
    } catch (IOException e) {
      throw new StackFailure("%s can't be written: %s".formatted(file, e), e);
    }
    try (
      var connection = database.getConnection();
      var zip = new ZipOutputStream(Files.newOutputStream(file))
    ) {
      return write(connection, zip);
    } catch (IOException | SQLException e) {
      delete(file);
      throw new StackFailure("The backup could not be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StackFailure("%s is no whole backup, and can't be deleted.".formatted(file), e);
    }
  }

  private Saved write(Connection connection, ZipOutputStream zip) throws IOException, SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    var tables = tables(connection, zip);
    var files = files(zip, jobs(connection));
    var manifest = new Manifest(
      Manifest.FORMAT,
      Instant.now(),
      new Migrations(database).applied(),
      data.pages().toUri().toString(),
      tables,
      hashes
    );
    zip.putNextEntry(new ZipEntry(Manifest.NAME));
    zip.write(Json.bytes(manifest));
    zip.closeEntry();
    return new Saved(tables.stream().mapToLong(Table::rows).sum(), files);
  }

  private List<Table> tables(Connection connection, ZipOutputStream zip)
    throws IOException, SQLException {
    var tables = new ArrayList<Table>();
    for (var name : strings(connection, TABLES)) {
      var table = new Table(name, strings(connection, COLUMNS, "\"" + name + "\""), 0);
      var copy = "COPY (SELECT %s FROM \"%s\") TO STDOUT".formatted(table.quotedColumns(), name);
      var copied = new long[1];
      write(
        zip,
        table.entry(),
        out -> copied[0] = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, out)
      );
      tables.add(new Table(name, table.columns(), copied[0]));
    }
    return tables;
  }

  private static Set<String> jobs(Connection connection) throws SQLException {
    return new HashSet<>(strings(connection, "SELECT id::text FROM \"JobThread\""));
  }

  private int files(ZipOutputStream zip, Set<String> jobs) throws IOException {
    int count = 0;
    var folders = Stream.of(data.pages(), data.objects(), data.people()).filter(Files::exists);
    for (var folder : folders.toList()) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
          var name = data.path().relativize(file).toString();
          if (belongs(name, jobs) && copied(file, name, zip)) {
            count++;
          }
        }
      }
    }
    return count;
  }

  private static boolean belongs(String name, Set<String> jobs) {
    var job = OF_JOB.matcher(name);
    return !LEFT_OUT.matcher(name).find() && (!job.find() || jobs.contains(job.group(1)));
  }

  private boolean copied(Path file, String name, ZipOutputStream zip) throws IOException {
    try (var in = Files.newInputStream(file)) {
      try {
        write(zip, "files/" + name, in::transferTo);
        return true;
      } catch (SQLException notOfFiles) {
        throw new IOException(notOfFiles);
      }
    } catch (NoSuchFileException deletedMeanwhile) {
      return false;
    }
  }

  private void write(ZipOutputStream zip, String name, Content content)
    throws IOException, SQLException {
    zip.putNextEntry(new ZipEntry(name));
    var hashed = Hashes.of(zip);
    content.writeTo(hashed);
    zip.closeEntry();
    hashes.put(name, Hashes.hex(hashed.getMessageDigest()));
  }

  private static List<String> strings(Connection connection, String sql, String... arguments)
    throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      var found = new ArrayList<String>();
      var rows = statement.executeQuery();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException, SQLException;
  }

  /** How much was saved. */
  public record Saved(long rows, int files) {}
}
