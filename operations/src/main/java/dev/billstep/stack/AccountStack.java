package dev.billstep.stack;

import dev.billstep.deployment.StackNames;
import dev.billstep.deployment.StackParameter;
import dev.billstep.storage.S3PageStore;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The stacks that {@code cdk deploy} has left in an AWS account. What they are called, the keys and
 * Supabase's address are read from there; whoever asks needs to be allowed to.
 */
public final class AccountStack implements DeployedStack {

  /** Of the CDK app, unless the environment or profile says otherwise. */
  private static final Region USUAL_REGION = Region.AP_SOUTH_1;

  private final AwsCredentialsProvider credentials;
  private final Region region;
  private final String pipeline;
  private final StackOutputs outputs;
  private final SupabaseClient supabase;

  private AccountStack(String stage, Optional<String> profile, Region region) {
    var chain = DefaultCredentialsProvider.builder();
    profile.ifPresent(chain::profileName);
    this.credentials = known(chain.build());
    this.region = region;
    var names = new StackNames(stage);
    this.pipeline = names.pipeline();
    var deployed = stack(pipeline);
    this.outputs = outputs(List.of(stack(names.data()), deployed));
    var key = serviceRoleKey();
    this.supabase = new SupabaseClient(supabaseUrl(deployed), () -> key, SupabaseLimits.DEFAULT);
  }

  /**
   * Finds them.
   *
   * @param profile of the AWS configuration; what the environment says otherwise
   * @throws StackFailure where there are none
   */
  public static AccountStack open(String stage, Optional<String> profile, Optional<String> region) {
    return new AccountStack(stage, profile, region(region));
  }

  /** The region that is meant: that which is given, the environment's, or the usual one. */
  public static Region region(Optional<String> given) {
    return given.or(AccountStack::ofEnvironment).map(Region::of).orElse(USUAL_REGION);
  }

  private static AwsCredentialsProvider known(AwsCredentialsProvider credentials) {
    try {
      credentials.resolveCredentials();
      return credentials;
    } catch (SdkClientException e) {
      throw new StackFailure(
        "No AWS credentials were found. Log in (aws sso login), or choose others with --profile or AWS_PROFILE.",
        e
      );
    }
  }

  private static Optional<String> ofEnvironment() {
    return Optional.ofNullable(System.getenv("AWS_REGION"));
  }

  private Stack stack(String name) {
    try (var client = cloudFormation()) {
      return client
        .describeStacks(request -> request.stackName(name))
        .stacks()
        .getFirst();
    } catch (CloudFormationException e) {
      throw new StackFailure(
        "The stack %s could not be looked up in %s: %s. Deploy it (docs/deploy.md), or choose another --stage, --region or --profile.".formatted(
          name,
          region,
          e.awsErrorDetails().errorMessage()
        ),
        e
      );
    }
  }

  private static StackOutputs outputs(List<Stack> stacks) {
    return StackOutputs.of(
      stacks
        .stream()
        .flatMap(stack -> stack.outputs().stream())
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue))
    );
  }

  private URI supabaseUrl(Stack deployed) {
    return deployed
      .parameters()
      .stream()
      .filter(parameter -> parameter.parameterKey().equals(StackParameter.SUPABASE_URL.key()))
      .map(parameter -> URI.create(parameter.parameterValue()))
      .findFirst()
      .orElseThrow(() ->
        new StackFailure(
          "The stack %s has no parameter %s: deploy it again.".formatted(
            pipeline,
            StackParameter.SUPABASE_URL.key()
          )
        )
      );
  }

  private String serviceRoleKey() {
    try (var client = secrets()) {
      return SupabaseKey.of(client, outputs);
    }
  }

  @Override
  public SupabaseClient supabase() {
    return supabase;
  }

  @Override
  public S3Client s3() {
    return of(S3Client.builder());
  }

  @Override
  public SfnClient sfn() {
    return of(SfnClient.builder());
  }

  private CloudFormationClient cloudFormation() {
    return of(CloudFormationClient.builder());
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C of(B builder) {
    return builder
      .region(region)
      .credentialsProvider(credentials)
      .httpClient(UrlConnectionHttpClient.create())
      .build();
  }

  @Override
  public LambdaClient lambda() {
    return of(LambdaClient.builder());
  }

  @Override
  public SecretsManagerClient secrets() {
    return of(SecretsManagerClient.builder());
  }

  @Override
  public StackOutputs outputs() {
    return outputs;
  }

  @Override
  public byte[] fetchPage(URI uri) {
    try (var s3 = s3()) {
      return new S3PageStore(s3, outputs.pageBucket()).fetch(uri);
    }
  }

  @Override
  public StackLogs logs() {
    return CloudWatchFunctionLogs.ofAccount(pipeline, this::cloudFormation, () ->
      of(CloudWatchLogsClient.builder())
    );
  }
}
