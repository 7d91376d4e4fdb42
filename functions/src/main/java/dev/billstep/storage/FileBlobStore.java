package dev.billstep.storage;

import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.page.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a {@link FilePageStore}. */
public final class FileBlobStore implements BlobStore {

  private final Path root;

  public FileBlobStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Stream<Blob> blobs() {
    if (!Files.isDirectory(root)) {
      return Stream.empty();
    }
    try (var files = Files.walk(root)) {
      var blobs = files
        .filter(Files::isRegularFile)
        .flatMap(file -> blob(file).stream())
        .toList();
      return blobs.stream();
    } catch (IOException e) {
      throw new StorageUnavailable(root.toString(), e);
    }
  }

  private Optional<Blob> blob(Path file) {
    var key = root.relativize(file).toString().replace('\\', '/');
    return JobKeys.job(key).map(job -> {
      try {
        return new Blob(job, key, Files.getLastModifiedTime(file).toInstant());
      } catch (IOException e) {
        throw new StorageUnavailable(file.toString(), e);
      }
    });
  }

  @Override
  public void delete(List<Blob> blobs) {
    for (var blob : blobs) {
      var file = root.resolve(blob.key());
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new StorageUnavailable(file.toString(), e);
      }
    }
  }
}
