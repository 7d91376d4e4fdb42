package dev.billstep.storage;

import dev.billstep.job.UploadedObject;
import dev.billstep.page.StorageUnavailable;
import dev.billstep.page.UploadRejected;
import dev.billstep.page.UploadStore;
import java.nio.file.Path;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Uploads in S3. */
public final class S3UploadStore implements UploadStore {

  /** No such key or version; a delete marker; another object under the key by now. */
  private static final Set<Integer> GONE = Set.of(404, 405, 412);

  private final S3Client s3;

  public S3UploadStore(S3Client s3) {
    this.s3 = s3;
  }

  @Override
  public void download(UploadedObject upload, Path target, long maxBytes) {
    var head = HeadObjectRequest.builder().bucket(upload.bucket()).key(upload.key());
    var get = GetObjectRequest.builder().bucket(upload.bucket()).key(upload.key());
    upload.versionId().ifPresentOrElse(
      id -> {
        head.versionId(id);
        get.versionId(id);
      },
      () -> {
        head.ifMatch(upload.etag());
        get.ifMatch(upload.etag());
      }
    );
    try {
      long bytes = s3.headObject(head.build()).contentLength();
      if (bytes > maxBytes) {
        throw new UploadRejected.TooLarge(bytes, maxBytes);
      }
      s3.getObject(get.build(), target);
    } catch (S3Exception e) {
      throw GONE.contains(e.statusCode())
        ? new UploadRejected.Gone(upload.key())
        : unavailable(upload, e);
    } catch (SdkException e) {
      throw unavailable(upload, e);
    }
  }

  private static StorageUnavailable unavailable(UploadedObject upload, SdkException e) {
    return new StorageUnavailable("s3://%s/%s".formatted(upload.bucket(), upload.key()), e);
  }
}
