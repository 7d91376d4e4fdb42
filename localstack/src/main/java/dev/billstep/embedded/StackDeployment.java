package dev.billstep.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.waiters.CloudFormationWaiter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Creates the stacks from their templates through the emulator's CloudFormation. */
final class StackDeployment {

  private static final String BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version";

  /** The waiters' own is for an account, where a stack takes minutes. */
  private static final WaiterOverrideConfiguration PATIENCE = WaiterOverrideConfiguration.builder()
    .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(200)))
    .maxAttempts(Integer.MAX_VALUE)
    .waitTimeout(Duration.ofMinutes(5))
    .build();

  private final LocalAws aws;
  private final CloudAssembly assembly;
  private final UnaryOperator<String> names;

  /**
   * Names what is deployed.
   *
   * @param names of the stacks, as they are to be called instead
   */
  StackDeployment(LocalAws aws, CloudAssembly assembly, UnaryOperator<String> names) {
    this.aws = aws;
    this.assembly = assembly;
    this.names = names;
  }

  /** Creates the stacks, one after the other, and gives the outputs of all. */
  Map<String, String> create(Map<String, String> parameters) {
    bootstrap();
    var outputs = new HashMap<String, String>();
    try (var s3 = aws.s3(); var cloudFormation = aws.cloudFormation()) {
      var creation = new StackCreation(cloudFormation, StackCreation.LIMIT);
      for (var stack : CloudAssembly.STACKS) {
        var template = aws.endpoint().resolve("/" + assembly.publish(s3, stack, names));
        var wanted = declared(cloudFormation, template, parameters);
        cloudFormation.createStack(request ->
          request
            .stackName(names.apply(stack))
            .templateURL(template.toString())
            .parameters(wanted)
            .capabilities(Capability.CAPABILITY_IAM)
        );
        outputs.putAll(creation.outputs(names.apply(stack)));
      }
    }
    return outputs;
  }

  /** What {@code cdk bootstrap} leaves in an account, as far as a template asks for it. */
  private void bootstrap() {
    try (var ssm = aws.ssm()) {
      ssm.putParameter(request ->
        request.name(BOOTSTRAP_VERSION).type(ParameterType.STRING).value("30").overwrite(true)
      );
    }
  }

  /** Of the values those that the template asks for. */
  private static List<Parameter> declared(
    CloudFormationClient cloudFormation,
    URI template,
    Map<String, String> values
  ) {
    return cloudFormation
      .getTemplateSummary(request -> request.templateURL(template.toString()))
      .parameters()
      .stream()
      .map(ParameterDeclaration::parameterKey)
      .filter(values::containsKey)
      .map(key -> Parameter.builder().parameterKey(key).parameterValue(values.get(key)).build())
      .toList();
  }

  /** Deletes the stacks with what their buckets hold; what all stacks share stays. */
  void delete() {
    try (var s3 = aws.s3(); var cloudFormation = aws.cloudFormation()) {
      for (var stack : CloudAssembly.STACKS.reversed()) {
        delete(s3, cloudFormation, names.apply(stack));
      }
    }
  }

  private static void delete(S3Client s3, CloudFormationClient cloudFormation, String stackName) {
    if (!exists(cloudFormation, stackName)) {
      return; // The deployment has not come that far.
    }
    cloudFormation
      .describeStackResources(request -> request.stackName(stackName))
      .stackResources()
      .stream()
      .filter(resource -> resource.resourceType().equals("AWS::S3::Bucket"))
      .forEach(bucket -> deleteWithContent(s3, bucket.physicalResourceId()));
    cloudFormation.deleteStack(request -> request.stackName(stackName));
    try (
      var waiter = CloudFormationWaiter.builder()
        .client(cloudFormation)
        .overrideConfiguration(PATIENCE)
        .build()
    ) {
      waiter.waitUntilStackDeleteComplete(wait -> wait.stackName(stackName));
    }
  }

  private static boolean exists(CloudFormationClient cloudFormation, String stackName) {
    return cloudFormation
      .listStacksPaginator()
      .stackSummaries()
      .stream()
      .anyMatch(
        stack ->
          stack.stackName().equals(stackName) && stack.stackStatus() != StackStatus.DELETE_COMPLETE
      );
  }

  /** The template keeps its buckets when a stack is deleted, as an account should. */
  private static void deleteWithContent(S3Client s3, String bucket) {
    for (var version : s3.listObjectVersionsPaginator(list -> list.bucket(bucket)).versions()) {
      s3.deleteObject(delete ->
        delete.bucket(bucket).key(version.key()).versionId(version.versionId())
      );
    }
    s3.deleteBucket(delete -> delete.bucket(bucket));
  }
}
