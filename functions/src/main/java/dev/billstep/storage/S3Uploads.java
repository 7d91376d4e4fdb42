package dev.billstep.storage;

import dev.billstep.job.JobId;
import dev.billstep.job.UploadKey;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.Uploads;
import dev.billstep.job.UserId;
import dev.billstep.page.StorageUnavailable;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** What is in the upload bucket. */
public final class S3Uploads implements Uploads {

  /** The version of an object from before its bucket kept versions. */
  private static final String UNVERSIONED = "null";

  private final S3Client s3;
  private final String bucket;

  public S3Uploads(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public Optional<Upload> newest(UserId userId, JobId jobId) {
    var prefix = UploadKey.prefix(userId, jobId);
    try {
      return s3
        .listObjectVersions(request -> request.bucket(bucket).prefix(prefix))
        .versions()
        .stream()
        .filter(ObjectVersion::isLatest)
        .filter(object -> JobKeys.job(object.key()).isPresent())
        .max(Comparator.comparing(ObjectVersion::lastModified))
        .map(this::upload);
    } catch (SdkException e) {
      throw new StorageUnavailable("s3://%s/%s".formatted(bucket, prefix), e);
    }
  }

  private Upload upload(ObjectVersion object) {
    return new Upload(
      new UploadedObject(
        bucket,
        object.key(),
        Optional.ofNullable(object.versionId()).filter(id -> !id.equals(UNVERSIONED)),
        object.eTag().replace("\"", "")
      ),
      object.lastModified()
    );
  }
}
