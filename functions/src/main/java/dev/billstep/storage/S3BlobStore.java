package dev.billstep.storage;

import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.page.StorageUnavailable;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket below a prefix. */
public final class S3BlobStore implements BlobStore {

  /** Of one request (Amazon S3 API reference, DeleteObjects). */
  private static final int MAX_DELETED_AT_ONCE = 1_000;

  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  public S3BlobStore(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  @Override
  public Portion portion(Optional<String> after, int limit) {
    try {
      var listed = s3.listObjectsV2(request -> {
        request.bucket(bucket).prefix(prefix).maxKeys(limit);
        after.ifPresent(request::startAfter);
      });
      var blobs = listed
        .contents()
        .stream()
        .flatMap(object -> blob(object).stream())
        .toList();
      return new Portion(
        blobs,
        Boolean.TRUE.equals(listed.isTruncated())
          ? Optional.of(listed.contents().getLast().key())
          : Optional.empty()
      );
    } catch (SdkException e) {
      throw new StorageUnavailable("s3://%s/%s".formatted(bucket, prefix), e);
    }
  }

  private static Optional<Blob> blob(S3Object object) {
    return JobKeys.job(object.key()).map(job -> new Blob(job, object.key(), object.lastModified()));
  }

  @Override
  public void delete(List<Blob> blobs) {
    for (int first = 0; first < blobs.size(); first += MAX_DELETED_AT_ONCE) {
      var part = blobs.subList(first, Math.min(blobs.size(), first + MAX_DELETED_AT_ONCE));
      var keys = part
        .stream()
        .map(blob -> ObjectIdentifier.builder().key(blob.key()).build())
        .toList();
      try {
        var answer = s3.deleteObjects(request ->
          request.bucket(bucket).delete(delete -> delete.objects(keys))
        );
        if (answer.hasErrors() && !answer.errors().isEmpty()) {
          var error = answer.errors().getFirst();
          throw new StorageUnavailable(
            "s3://%s/%s".formatted(bucket, error.key()),
            new IllegalStateException(error.code())
          );
        }
      } catch (SdkException e) {
        throw new StorageUnavailable("s3://%s/%s".formatted(bucket, part.getFirst().key()), e);
      }
    }
  }
}
