package dev.billstep.storage;

import dev.billstep.page.BlobStore;
import dev.billstep.page.PageStore;
import dev.billstep.settings.SettingInvalid;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** Where pages and records are kept. */
public sealed interface PagesRoot {
  /** The variable of a function's environment that says it. */
  String VARIABLE = "BILLSTEP_PAGES_ROOT";

  /** A bucket. */
  record Bucket(String name) implements PagesRoot {}

  /** A folder of this machine. */
  record Folder(Path path) implements PagesRoot {}

  /**
   * Takes it from how it is written.
   *
   * @param root {@code s3://{bucket}} or {@code file:///{folder}}
   * @throws SettingInvalid where it is neither
   */
  static PagesRoot of(String root) {
    var uri = URI.create(root);
    return switch (Optional.ofNullable(uri.getScheme()).orElse("")) {
      case "s3" -> new Bucket(uri.getHost());
      case "file" -> new Folder(Path.of(uri));
      default -> throw new SettingInvalid(
        VARIABLE,
        "\"%s\" is neither s3://{bucket} nor file:///{folder}".formatted(root)
      );
    };
  }

  /** The pages that are kept there. */
  default PageStore store(S3Client s3) {
    return switch (this) {
      case Bucket(String name) -> new S3PageStore(s3, name);
      case Folder(Path path) -> new FilePageStore(path);
    };
  }

  /** All that is kept there. */
  default BlobStore blobs(S3Client s3) {
    return switch (this) {
      case Bucket(String name) -> new S3BlobStore(s3, name, PageKeys.PREFIX);
      case Folder(Path path) -> new FileBlobStore(path);
    };
  }
}
