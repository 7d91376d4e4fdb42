package dev.billstep.page;

import dev.billstep.job.JobId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A page store for unit tests. */
public final class InMemoryPages implements PageStore {

  private final Map<URI, byte[]> blobs = new ConcurrentHashMap<>();

  @Override
  public URI storePage(JobId jobId, byte[] png) {
    return put(URI.create("memory:/jobs/%s/pages/%s.png".formatted(jobId, Sha256.of(png))), png);
  }

  @Override
  public URI storePicture(JobId jobId, String pageSha256, Picture.Format format, byte[] picture) {
    var name = "%s.%s".formatted(Sha256.of(picture), format.suffix());
    return put(
      URI.create("memory:/jobs/%s/pictures/%s/%s".formatted(jobId, pageSha256, name)),
      picture
    );
  }

  @Override
  public void makeCurrent(JobId jobId, int pageNumber, URI image) {
    put(current(jobId, pageNumber), fetch(image));
  }

  /** A page's present image. */
  public byte[] currentPage(JobId jobId, int pageNumber) {
    return fetch(current(jobId, pageNumber));
  }

  @Override
  public URI storeRecord(JobId jobId, String name, byte[] json) {
    return put(record(jobId, name), json);
  }

  @Override
  public byte[] fetch(URI uri) {
    return Optional.ofNullable(blobs.get(uri)).orElseThrow(() -> new BlobMissing(uri.toString()));
  }

  @Override
  public Optional<byte[]> findRecord(JobId jobId, String name) {
    return Optional.ofNullable(blobs.get(record(jobId, name)));
  }

  public long storedPages() {
    return blobs
      .keySet()
      .stream()
      .filter(uri -> uri.getPath().contains("/pages/") && uri.getPath().endsWith(".png"))
      .count();
  }

  /** Something has written over it. */
  public void change(URI uri, byte[] bytes) {
    put(uri, bytes);
  }

  private static URI current(JobId jobId, int pageNumber) {
    return URI.create("memory:/jobs/%s/page-%d.png".formatted(jobId, pageNumber));
  }

  private URI put(URI uri, byte[] bytes) {
    blobs.put(uri, bytes);
    return uri;
  }

  private static URI record(JobId jobId, String name) {
    return URI.create("memory:/jobs/%s/%s.json".formatted(jobId, name));
  }
}
