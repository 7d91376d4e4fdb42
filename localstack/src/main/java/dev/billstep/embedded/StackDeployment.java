package dev.billstep.embedded;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Creates the stack from its template through the emulator's CloudFormation. */
final class StackDeployment {

  private static final String BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version";

  private final LocalAws aws;
  private final CloudAssembly assembly;
  private final String stackName;

  StackDeployment(LocalAws aws, CloudAssembly assembly, String stackName) {
    this.aws = aws;
    this.assembly = assembly;
    this.stackName = stackName;
  }

  /** Creates the stack and gives its outputs. */
  Map<String, String> create(Map<String, String> parameters) {
    bootstrap();
    try (var s3 = aws.s3(); var cloudFormation = aws.cloudFormation()) {
      var template = aws.endpoint().resolve("/" + assembly.publish(s3));
      cloudFormation.createStack(request ->
        request
          .stackName(stackName)
          .templateURL(template.toString())
          .parameters(parameters(parameters))
      );
      return outputs(cloudFormation);
    }
  }

  /** What {@code cdk bootstrap} leaves in an account, as far as a template asks for it. */
  private void bootstrap() {
    try (var ssm = aws.ssm()) {
      ssm.putParameter(request ->
        request.name(BOOTSTRAP_VERSION).type(ParameterType.STRING).value("30").overwrite(true)
      );
    }
  }

  private static List<Parameter> parameters(Map<String, String> values) {
    return values
      .entrySet()
      .stream()
      .map(each ->
        Parameter.builder().parameterKey(each.getKey()).parameterValue(each.getValue()).build()
      )
      .toList();
  }

  private Map<String, String> outputs(CloudFormationClient cloudFormation) {
    var settled = cloudFormation
      .waiter()
      .waitUntilStackExists(request -> request.stackName(stackName));
    var stack = settled.matched().response().orElseThrow().stacks().getFirst();
    while (stack.stackStatus() == StackStatus.CREATE_IN_PROGRESS) {
      stack = cloudFormation
        .describeStacks(request -> request.stackName(stackName))
        .stacks()
        .getFirst();
    }
    if (stack.stackStatus() != StackStatus.CREATE_COMPLETE) {
      throw new StackFailure(
        "The stack could not be created (%s): %s".formatted(
          stack.stackStatusAsString(),
          reasons(cloudFormation)
        )
      );
    }
    return stack
      .outputs()
      .stream()
      .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  /** Deletes the stack with what its buckets hold; what all stacks share stays. */
  void delete() {
    try (var s3 = aws.s3(); var cloudFormation = aws.cloudFormation()) {
      if (!exists(cloudFormation)) {
        return; // The deployment has not come that far.
      }
      cloudFormation
        .describeStackResources(request -> request.stackName(stackName))
        .stackResources()
        .stream()
        .filter(resource -> resource.resourceType().equals("AWS::S3::Bucket"))
        .forEach(bucket -> deleteWithContent(s3, bucket.physicalResourceId()));
      cloudFormation.deleteStack(request -> request.stackName(stackName));
      cloudFormation.waiter().waitUntilStackDeleteComplete(wait -> wait.stackName(stackName));
    }
  }

  private boolean exists(CloudFormationClient cloudFormation) {
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

  private String reasons(CloudFormationClient cloudFormation) {
    return cloudFormation
      .describeStackEvents(request -> request.stackName(stackName))
      .stackEvents()
      .stream()
      .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
      .map(StackDeployment::reason)
      .collect(Collectors.joining("; "));
  }

  private static String reason(StackEvent event) {
    return event.logicalResourceId() + ": " + event.resourceStatusReason();
  }
}
