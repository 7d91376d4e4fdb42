package dev.billstep.storage;

import dev.billstep.job.JobId;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.PageStore;
import dev.billstep.page.Picture;
import dev.billstep.page.StorageUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/** Pages in a folder: {@code {root}/jobs/{jobId}/pages/{sha256}.png}. */
public final class FilePageStore implements PageStore {

  private final Path root;

  public FilePageStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public URI storePage(JobId jobId, byte[] png) {
    return write(PageKeys.page(jobId, png), png);
  }

  @Override
  public URI storePicture(JobId jobId, String pageSha256, Picture.Format format, byte[] picture) {
    return write(PageKeys.picture(jobId, pageSha256, format, picture), picture);
  }

  /** A copy and no link: whoever opens the one and saves it must not change the other. */
  @Override
  public void makeCurrent(JobId jobId, int pageNumber, URI image) {
    var source = file(image);
    if (!Files.exists(source)) {
      throw new BlobMissing(image.toString());
    }
    write(PageKeys.currentPage(jobId, pageNumber), part ->
      Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING)
    );
  }

  @Override
  public URI storeRecord(JobId jobId, String name, byte[] json) {
    return write(PageKeys.record(jobId, name), json);
  }

  @Override
  public byte[] fetch(URI uri) {
    return PageKeys.checked(
      uri,
      read(file(uri)).orElseThrow(() -> new BlobMissing(uri.toString()))
    );
  }

  /** Where one of this store's is. */
  private Path file(URI uri) {
    if (!"file".equals(uri.getScheme())) {
      throw new BlobMissing(uri.toString());
    }
    var file = Path.of(uri).normalize();
    if (!file.startsWith(root)) {
      throw new BlobMissing(uri.toString());
    }
    return file;
  }

  @Override
  public Optional<byte[]> findRecord(JobId jobId, String name) {
    return read(root.resolve(PageKeys.record(jobId, name)));
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageUnavailable(file.toString(), e);
    }
  }

  private URI write(String key, byte[] bytes) {
    return write(key, part -> Files.write(part, bytes));
  }

  /** Written beside its place and moved there: a reader never sees half a file. */
  private URI write(String key, Content content) {
    var file = root.resolve(key);
    try {
      var folder = PrivateFolder.make(Objects.requireNonNull(file.getParent()));
      var part = Files.createTempFile(folder, ".part-", "");
      content.into(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return file.toUri();
    } catch (IOException e) {
      throw new StorageUnavailable(file.toString(), e);
    }
  }

  /** Of a file. */
  @FunctionalInterface
  private interface Content {
    void into(Path file) throws IOException;
  }
}
