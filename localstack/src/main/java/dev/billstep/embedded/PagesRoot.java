package dev.billstep.embedded;

import dev.billstep.storage.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where the embedded stack keeps pages.
 *
 * @param uri {@code file:///{folder}} or {@code s3://{bucket}}
 */
public record PagesRoot(URI uri) {
  public static PagesRoot folder(Path folder) {
    return new PagesRoot(folder.toAbsolutePath().toUri());
  }

  /** Makes the folder, if it is one, its owner's alone: pages are other people's bills. */
  void closeToOthers() {
    try {
      if ("file".equals(uri.getScheme())) {
        PrivateFolder.close(Path.of(uri));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
