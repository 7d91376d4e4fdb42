package dev.billstep.storage;

import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.page.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a {@link FilePageStore}. */
public final class FileBlobStore implements BlobStore {

  private final Path root;

  public FileBlobStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** By folder, of which each job has one, and by key in it. */
  @Override
  public Portion portion(Optional<String> after, int limit) {
    var blobs = new ArrayList<Blob>();
    for (var folder : folders(after)) {
      for (var key : keys(folder)) {
        if (after.isEmpty() || key.compareTo(after.get()) > 0) {
          blob(key).ifPresent(blobs::add);
          if (blobs.size() == limit) {
            return new Portion(blobs, Optional.of(key));
          }
        }
      }
    }
    return new Portion(blobs, Optional.empty());
  }

  private List<Path> folders(Optional<String> after) {
    var jobs = root.resolve(PageKeys.PREFIX);
    if (!Files.isDirectory(jobs)) {
      return List.of();
    }
    var first = after.map(key -> key.split("/", -1)[1]).orElse("");
    try (var folders = Files.list(jobs)) {
      return folders
        .filter(Files::isDirectory)
        .filter(folder -> folder.getFileName().toString().compareTo(first) >= 0)
        .sorted()
        .toList();
    } catch (IOException e) {
      throw new StorageUnavailable(jobs.toString(), e);
    }
  }

  private List<String> keys(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
        .filter(Files::isRegularFile)
        .map(file -> root.relativize(file).toString().replace('\\', '/'))
        .sorted()
        .toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException e) {
      throw new StorageUnavailable(folder.toString(), e);
    }
  }

  private Optional<Blob> blob(String key) {
    var file = root.resolve(key);
    return JobKeys.job(key).flatMap(job -> {
      try {
        return Optional.of(new Blob(job, key, Files.getLastModifiedTime(file).toInstant()));
      } catch (NoSuchFileException gone) {
        return Optional.empty();
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
