package dev.billstep.database.definition;

import dev.billstep.database.OnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder {@code prisma/}, and copies that tests may change. */
final class PrismaFolders {

  static final Prisma PRISMA = new Prisma(OnPostgres.HOME);
  static final DatabaseFolder OURS = new DatabaseFolder(OnPostgres.HOME.resolve("prisma"));

  private PrismaFolders() {}

  /** Everything in it that is about the database. */
  static DatabaseFolder copy(Path to) throws IOException {
    try (var files = Files.walk(OURS.path())) {
      for (var file : files.filter(PrismaFolders::isOfTheDatabase).toList()) {
        var copy = to.resolve(OURS.path().relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return new DatabaseFolder(to);
  }

  private static boolean isOfTheDatabase(Path file) {
    var top = OURS.path().relativize(file).getName(0).toString();
    return Files.isRegularFile(file) && !top.equals("src") && !top.equals("target");
  }

  static void write(DatabaseFolder folder, String file, String text) throws IOException {
    var path = folder.path().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** Changes a file, which must have the text. */
  static void replace(DatabaseFolder folder, String file, String text, String by)
    throws IOException {
    var before = Files.readString(folder.path().resolve(file));
    if (!before.contains(text)) {
      throw new AssertionError("%s does not say %s".formatted(file, text));
    }
    write(folder, file, before.replace(text, by));
  }
}
