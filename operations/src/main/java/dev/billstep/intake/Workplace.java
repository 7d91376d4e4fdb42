package dev.billstep.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/** A folder for what is unpacked: there once it is needed, gone when this is closed, or the process is ended. */
final class Workplace implements AutoCloseable {

  private final Thread atTheEnd = new Thread(this::delete, "incoming files");
  private Optional<Path> made = Optional.empty();

  /** The folder. */
  synchronized Path folder() throws IOException {
    if (made.isEmpty()) {
      made = Optional.of(Files.createTempDirectory("billstep-incoming"));
      Runtime.getRuntime().addShutdownHook(atTheEnd);
    }
    return made.get();
  }

  @Override
  public synchronized void close() {
    if (made.isPresent()) {
      delete();
      forget();
      made = Optional.empty();
    }
  }

  private synchronized void delete() {
    made.ifPresent(folder -> {
      try {
        FileUtils.deleteDirectory(folder.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException alreadyEnding) {
      // It finds nothing to delete.
      return;
    }
  }
}
