package dev.billstep.storage;

import dev.billstep.job.JobId;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageStore;
import dev.billstep.page.Picture;
import dev.billstep.page.StorageUnavailable;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Pages in a bucket: {@code s3://{bucket}/jobs/{jobId}/pages/{sha256}.png}. */
public final class S3PageStore implements PageStore {

  private final S3Client s3;
  private final String bucket;

  public S3PageStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public URI storePage(JobId jobId, byte[] png) {
    return put(PageKeys.page(jobId, png), PageImage.MEDIA_TYPE, png);
  }

  @Override
  public URI storePicture(JobId jobId, String pageSha256, Picture.Format format, byte[] picture) {
    return put(PageKeys.picture(jobId, pageSha256, format, picture), format.mediaType(), picture);
  }

  @Override
  public void makeCurrent(JobId jobId, int pageNumber, URI image) {
    try {
      s3.copyObject(request ->
        request
          .sourceBucket(bucket)
          .sourceKey(key(image))
          .destinationBucket(bucket)
          .destinationKey(PageKeys.currentPage(jobId, pageNumber))
      );
    } catch (NoSuchKeyException e) {
      throw new BlobMissing(image.toString());
    } catch (SdkException e) {
      throw new StorageUnavailable(image.toString(), e);
    }
  }

  @Override
  public URI storeRecord(JobId jobId, String name, byte[] json) {
    return put(PageKeys.record(jobId, name), "application/json", json);
  }

  @Override
  public byte[] fetch(URI uri) {
    return PageKeys.checked(uri, get(key(uri)).orElseThrow(() -> new BlobMissing(uri.toString())));
  }

  private String key(URI uri) {
    if (!"s3".equals(uri.getScheme()) || !bucket.equals(uri.getHost())) {
      throw new BlobMissing(uri.toString());
    }
    return uri.getPath().substring(1);
  }

  @Override
  public Optional<byte[]> findRecord(JobId jobId, String name) {
    return get(PageKeys.record(jobId, name));
  }

  private URI put(String key, String contentType, byte[] bytes) {
    try {
      s3.putObject(
        request -> request.bucket(bucket).key(key).contentType(contentType),
        RequestBody.fromBytes(bytes)
      );
    } catch (SdkException e) {
      throw new StorageUnavailable("s3://%s/%s".formatted(bucket, key), e);
    }
    return URI.create("s3://%s/%s".formatted(bucket, key));
  }

  private Optional<byte[]> get(String key) {
    try {
      var object = s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
      return Optional.of(object.asByteArrayUnsafe());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw new StorageUnavailable("s3://%s/%s".formatted(bucket, key), e);
    }
  }
}
