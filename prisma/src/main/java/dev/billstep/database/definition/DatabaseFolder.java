package dev.billstep.database.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folder {@code prisma/}: what the database is, and the migrations that have made it so.
 *
 * @param path of the folder
 */
public record DatabaseFolder(Path path) {
  static final String CONSTRAINTS = "constraints.sql";
  static final String POLICIES = "policies.sql";

  private static final Pattern VERSION = Pattern.compile("v([1-9]\\d*)\\..*");

  Path schema() {
    return path.resolve("schema.prisma");
  }

  Path migrations() {
    return path.resolve("migrations");
  }

  /** What the last migration's name begins with: fourteen digits. */
  String lastTimestamp() {
    return list("migrations")
      .stream()
      .filter(Files::isDirectory)
      .map(DatabaseFolder::name)
      .toList()
      .getLast()
      .substring(0, 14);
  }

  /** By name. */
  List<SqlFile> functions() {
    return list(SqlFile.FUNCTIONS).stream().map(this::sql).toList();
  }

  SqlFile constraints() {
    return sql(path.resolve(CONSTRAINTS));
  }

  SqlFile policies() {
    return sql(path.resolve(POLICIES));
  }

  /** By doc type and version. */
  List<DocTypeFile> docTypes() {
    var versions = new ArrayList<DocTypeFile>();
    for (var folder : list(DocTypeFile.FOLDER)) {
      var docType = name(folder);
      var prompt = path.resolve("none");
      for (var schema : versions(folder, DocTypeFile.SCHEMA)) {
        // A version without a prompt of its own is read with that of the version before.
        var own = folder.resolve("v%d%s".formatted(version(schema), DocTypeFile.PROMPT));
        prompt = Files.exists(own) ? own : prompt;
        if (Files.notExists(prompt)) {
          throw new DefinitionFailure.FileMisnamed(relative(schema), "it has no prompt beside it");
        }
        versions.add(
          new DocTypeFile(docType, version(schema), text(schema), text(prompt), version(prompt))
        );
      }
    }
    return versions;
  }

  /** By key: a JSON file each, or a folder of a prompt's versions, of which the newest counts. */
  List<SettingFile> settings() {
    return list(SettingFile.FOLDER)
      .stream()
      .map(entry -> {
        if (!Files.isDirectory(entry)) {
          var key = name(entry).substring(0, name(entry).length() - SettingFile.JSON.length());
          return SettingFile.ofJson(key, text(entry));
        }
        var newest = versions(entry, SettingFile.PROMPT).getLast();
        return SettingFile.ofPrompt(name(entry), version(newest), text(newest));
      })
      .toList();
  }

  private List<Path> versions(Path folder, String ending) {
    var found = list(relative(folder))
      .stream()
      .filter(file -> name(file).endsWith(ending) && VERSION.matcher(name(file)).matches())
      .sorted(Comparator.comparingInt(DatabaseFolder::version))
      .toList();
    if (found.isEmpty()) {
      throw new DefinitionFailure.FileMisnamed(relative(folder), "it has no v1" + ending);
    }
    return found;
  }

  private static int version(Path file) {
    return Integer.parseInt(VERSION.matcher(name(file)).replaceFirst("$1"));
  }

  private SqlFile sql(Path file) {
    return new SqlFile(relative(file), text(file) + "\n");
  }

  private List<Path> list(String folder) {
    try (var entries = Files.list(path.resolve(folder))) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String relative(Path file) {
    return path.relativize(file).toString().replace('\\', '/');
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Without the line's end that a file closes with. */
  private static String text(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
