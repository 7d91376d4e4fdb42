package dev.billstep.stack;

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

  /** What its functions have logged. */
  StackLogs logs();
}
