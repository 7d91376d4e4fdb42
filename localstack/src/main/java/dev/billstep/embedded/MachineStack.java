package dev.billstep.embedded;

import dev.billstep.page.BlobStore;
import dev.billstep.page.PageStore;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackLogs;
import dev.billstep.stack.StackOutputs;
import dev.billstep.stack.SupabaseKey;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.net.URI;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** A stack that another process keeps running. */
final class MachineStack implements DeployedStack {

  private final StackDescriptor stack;
  private final LocalAws aws;
  private final SupabaseClient supabase;

  MachineStack(StackDescriptor stack) {
    this.stack = stack;
    this.aws = new LocalAws(stack.aws());
    var key = serviceRoleKey();
    this.supabase = new SupabaseClient(stack.supabase(), () -> key, SupabaseLimits.DEFAULT);
  }

  private String serviceRoleKey() {
    try (var secrets = aws.secrets()) {
      return SupabaseKey.of(secrets, stack.outputs());
    }
  }

  @Override
  public SupabaseClient supabase() {
    return supabase;
  }

  @Override
  public S3Client s3() {
    return aws.s3();
  }

  @Override
  public SfnClient sfn() {
    return aws.sfn();
  }

  @Override
  public LambdaClient lambda() {
    return aws.lambda();
  }

  @Override
  public SecretsManagerClient secrets() {
    return aws.secrets();
  }

  @Override
  public StackOutputs outputs() {
    return stack.outputs();
  }

  @Override
  public byte[] fetchPage(URI uri) {
    return aws.fetchPage(uri, stack.outputs().pageBucket(), new PagesRoot(stack.pagesRoot()));
  }

  @Override
  public PageStore pageStore(S3Client s3) {
    return LocalAws.pageStore(s3, stack.outputs().pageBucket(), new PagesRoot(stack.pagesRoot()));
  }

  @Override
  public BlobStore pages(S3Client s3) {
    return LocalAws.pages(s3, stack.outputs().pageBucket(), new PagesRoot(stack.pagesRoot()));
  }

  @Override
  public StackLogs logs() {
    return stack.engine().logs(stack.folder(), aws, stack.pipelineStack());
  }
}
