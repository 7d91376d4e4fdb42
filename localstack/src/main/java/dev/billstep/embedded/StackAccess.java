package dev.billstep.embedded;

import dev.billstep.supabase.SupabaseClient;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What works with a stack's jobs needs of it, whoever has started it. */
public interface StackAccess {
  /** The REST API, by the service role's key. */
  SupabaseClient supabase();

  S3Client s3();

  SfnClient sfn();

  String uploadBucket();

  String stateMachineArn();

  /** A page's image, by its row's URI. */
  byte[] fetchPage(URI uri);

  /** Where the stack's logs are. */
  Path folder();
}
