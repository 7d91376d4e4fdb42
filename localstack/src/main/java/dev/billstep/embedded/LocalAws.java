package dev.billstep.embedded;

import dev.billstep.page.BlobStore;
import dev.billstep.page.PageStore;
import dev.billstep.storage.FileBlobStore;
import dev.billstep.storage.FilePageStore;
import dev.billstep.storage.PageKeys;
import dev.billstep.storage.S3BlobStore;
import dev.billstep.storage.S3PageStore;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Clients of the emulator. */
public final class LocalAws {

  static final Region REGION = Region.AP_SOUTH_1;

  /** The emulator's own account and its credentials; no secrets. */
  static final String ACCOUNT = "000000000000";

  static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider.create(
    AwsBasicCredentials.create("test", "test")
  );

  private final URI endpoint;

  public LocalAws(URI endpoint) {
    this.endpoint = endpoint;
  }

  URI endpoint() {
    return endpoint;
  }

  public S3Client s3() {
    return at(S3Client.builder())
      .forcePathStyle(true)
      .httpClient(UrlConnectionHttpClient.create())
      .build();
  }

  public LambdaClient lambda() {
    return at(LambdaClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  public SfnClient sfn() {
    return at(SfnClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  public SecretsManagerClient secrets() {
    return at(SecretsManagerClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  public CloudFormationClient cloudFormation() {
    return at(CloudFormationClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  public CloudWatchLogsClient logs() {
    return at(CloudWatchLogsClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  public SsmClient ssm() {
    return at(SsmClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  /** A page's image, from the bucket or the folder that its URI names. */
  byte[] fetchPage(URI uri, String pageBucket, PagesRoot pagesRoot) {
    try (var s3 = s3()) {
      return "s3".equals(uri.getScheme())
        ? new S3PageStore(s3, pageBucket).fetch(uri)
        : new FilePageStore(Path.of(pagesRoot.uri())).fetch(uri);
    }
  }

  static PageStore pageStore(S3Client s3, String pageBucket, PagesRoot pagesRoot) {
    return "s3".equals(pagesRoot.uri().getScheme())
      ? new S3PageStore(s3, pageBucket)
      : new FilePageStore(Path.of(pagesRoot.uri()));
  }

  static BlobStore pages(S3Client s3, String pageBucket, PagesRoot pagesRoot) {
    return "s3".equals(pagesRoot.uri().getScheme())
      ? new S3BlobStore(s3, pageBucket, PageKeys.PREFIX)
      : new FileBlobStore(Path.of(pagesRoot.uri()));
  }

  private <B extends AwsClientBuilder<B, ?>> B at(B builder) {
    return builder.region(REGION).credentialsProvider(CREDENTIALS).endpointOverride(endpoint);
  }
}
