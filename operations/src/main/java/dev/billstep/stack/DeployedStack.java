package dev.billstep.stack;

import dev.billstep.page.BlobStore;
import dev.billstep.page.PageStore;
import dev.billstep.storage.PageKeys;
import dev.billstep.storage.S3BlobStore;
import dev.billstep.storage.S3PageStore;
import dev.billstep.supabase.SupabaseClient;
import java.net.URI;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What works with a stack's jobs needs of it, whoever has started it. */
public interface DeployedStack {
  /** The REST API, by the service role's key. */
  SupabaseClient supabase();

  S3Client s3();

  SfnClient sfn();

  LambdaClient lambda();

  SecretsManagerClient secrets();

  StackOutputs outputs();

  /** A page's image, by its row's URI. */
  byte[] fetchPage(URI uri);

  /** Pages' images and records, as long as a client of {@link #s3} is open. */
  default PageStore pageStore(S3Client s3) {
    return new S3PageStore(s3, outputs().pageBucket());
  }

  /** All that is kept of pages, as long as a client of {@link #s3} is open. */
  default BlobStore pages(S3Client s3) {
    return new S3BlobStore(s3, outputs().pageBucket(), PageKeys.PREFIX);
  }

  /** What its functions have logged. */
  StackLogs logs();
}
