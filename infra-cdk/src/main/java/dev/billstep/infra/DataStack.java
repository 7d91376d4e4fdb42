package dev.billstep.infra;

import dev.billstep.deployment.StackOutput;
import dev.billstep.secrets.SecretKeys;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/** What outlives every deployment: what users have uploaded, its pages, and the keys. */
final class DataStack extends Stack {

  /** Uploads are read once; pages again when somebody reviews or audits them. */
  private static final Duration RARELY_READ = Duration.days(90);

  private static final int PREFLIGHT_SECONDS = 3_600;

  private static final Duration OLD_VERSIONS = Duration.days(30);
  private static final Duration ACCESS_LOGS = Duration.days(365);

  private final Key key;
  private final Bucket accessLogs;
  private final Bucket uploads;
  private final Bucket pages;
  private final Secret keys;

  /**
   * Makes the stack.
   *
   * @param uploadOrigins of the pages whose scripts may upload, such as {@code https://app.example.com}
   */
  DataStack(Construct scope, String id, StackProps props, List<String> uploadOrigins) {
    super(scope, id, props);
    this.key = Key.Builder.create(this, "Key")
      .description("Billstep: uploads, pages and keys")
      .enableKeyRotation(true)
      .removalPolicy(RemovalPolicy.RETAIN)
      .build();
    this.accessLogs = privateBucket("AccessLogs")
      .encryption(BucketEncryption.S3_MANAGED) // All that log delivery can write to.
      .lifecycleRules(List.of(LifecycleRule.builder().expiration(ACCESS_LOGS).build()))
      .build();
    this.uploads = uploadBucket(uploadOrigins);
    this.pages = encryptedBucket("Pages");
    this.keys = Secret.Builder.create(this, "Keys")
      .description("JSON: %s, and the keys of model providers".formatted(SecretKeys.SUPABASE))
      .encryptionKey(key)
      .generateSecretString(
        SecretStringGenerator.builder()
          .secretStringTemplate("{}")
          .generateStringKey("replace_me")
          .build()
      )
      .removalPolicy(RemovalPolicy.RETAIN)
      .build();
    Outputs.add(this, StackOutput.UPLOAD_BUCKET, uploads.getBucketName());
    Outputs.add(this, StackOutput.PAGE_BUCKET, pages.getBucketName());
    Outputs.add(this, StackOutput.KEYS_SECRET, keys.getSecretArn());
    Outputs.add(this, StackOutput.KEY, key.getKeyArn());
  }

  private Bucket uploadBucket(List<String> origins) {
    var bucket = encryptedBucket("Uploads");
    if (!origins.isEmpty()) {
      bucket.addCorsRule(
        CorsRule.builder()
          .allowedOrigins(origins)
          .allowedMethods(List.of(HttpMethods.PUT, HttpMethods.POST))
          .allowedHeaders(List.of("*"))
          .exposedHeaders(List.of("ETag")) // A multipart upload is completed with those of its parts.
          .maxAge(PREFLIGHT_SECONDS)
          .build()
      );
    }
    // The L2 property needs a Lambda of its own to set this; the resource's property does not.
    var resource = (CfnBucket) bucket.getNode().getDefaultChild();
    resource.addPropertyOverride(
      "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled",
      true
    );
    return bucket;
  }

  private Bucket encryptedBucket(String id) {
    return privateBucket(id)
      .encryption(BucketEncryption.KMS)
      .encryptionKey(key)
      .bucketKeyEnabled(true) // One request to KMS for many objects.
      .serverAccessLogsBucket(accessLogs)
      .serverAccessLogsPrefix(id.toLowerCase(Locale.ROOT) + "/")
      .lifecycleRules(
        List.of(
          LifecycleRule.builder()
            .abortIncompleteMultipartUploadAfter(Duration.days(7))
            .noncurrentVersionExpiration(OLD_VERSIONS)
            .transitions(
              List.of(
                Transition.builder()
                  .storageClass(StorageClass.INFREQUENT_ACCESS)
                  .transitionAfter(RARELY_READ)
                  .build()
              )
            )
            .build()
        )
      )
      .build();
  }

  private Bucket.Builder privateBucket(String id) {
    return Bucket.Builder.create(this, id)
      .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
      .enforceSsl(true)
      .versioned(true)
      .removalPolicy(RemovalPolicy.RETAIN);
  }

  Key key() {
    return key;
  }

  Bucket uploads() {
    return uploads;
  }

  Bucket pages() {
    return pages;
  }

  Secret keys() {
    return keys;
  }
}
