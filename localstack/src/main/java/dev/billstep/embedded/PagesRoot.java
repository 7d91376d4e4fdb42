package dev.billstep.embedded;

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
}
