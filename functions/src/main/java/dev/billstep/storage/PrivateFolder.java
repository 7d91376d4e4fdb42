package dev.billstep.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders with documents, or what was read from them: for their owner alone, where that can be said. */
public final class PrivateFolder {

  private static final FileAttribute<?>[] OWNER_ALONE = attributes();

  private PrivateFolder() {}

  private static FileAttribute<?>[] attributes() {
    return isPosix()
      ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")),
        }
      : new FileAttribute<?>[0];
  }

  /**
   * Makes a folder, and those above it that are missing. One that is there stays as it is.
   *
   * @throws IOException where it can't be made
   */
  public static Path make(Path folder) throws IOException {
    return Files.createDirectories(folder, OWNER_ALONE);
  }

  /**
   * Makes a folder that is the owner's alone, also where it is there already.
   *
   * @throws IOException where it can't be made, or belongs to somebody else
   */
  public static Path close(Path folder) throws IOException {
    make(folder);
    if (isPosix()) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    return folder;
  }

  private static boolean isPosix() {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
