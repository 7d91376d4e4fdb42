package dev.billstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** The log groups of a deployed stack's functions, in CloudWatch. */
public final class CloudWatchFunctionLogs implements StackLogs {

  private final String stackName;
  private final Function<StackResourceSummary, Optional<String>> group;
  private final Supplier<CloudFormationClient> cloudFormation;
  private final Supplier<CloudWatchLogsClient> logs;

  private CloudWatchFunctionLogs(
    String stackName,
    Function<StackResourceSummary, Optional<String>> group,
    Supplier<CloudFormationClient> cloudFormation,
    Supplier<CloudWatchLogsClient> logs
  ) {
    this.stackName = stackName;
    this.group = group;
    this.cloudFormation = cloudFormation;
    this.logs = logs;
  }

  /**
   * In AWS: in the groups that the stack has made for its functions.
   *
   * @param stackName of the stack with the functions
   */
  public static CloudWatchFunctionLogs ofAccount(
    String stackName,
    Supplier<CloudFormationClient> cloudFormation,
    Supplier<CloudWatchLogsClient> logs
  ) {
    return new CloudWatchFunctionLogs(
      stackName,
      resource -> idOf(resource, "AWS::Logs::LogGroup"),
      cloudFormation,
      logs
    );
  }

  /** On LocalStack, which writes to the groups that functions have where they name none. */
  public static CloudWatchFunctionLogs ofLocalstack(
    String stackName,
    Supplier<CloudFormationClient> cloudFormation,
    Supplier<CloudWatchLogsClient> logs
  ) {
    return new CloudWatchFunctionLogs(
      stackName,
      resource -> idOf(resource, "AWS::Lambda::Function").map("/aws/lambda/"::concat),
      cloudFormation,
      logs
    );
  }

  private static Optional<String> idOf(StackResourceSummary resource, String type) {
    return Optional.of(resource)
      .filter(each -> each.resourceType().equals(type))
      .map(StackResourceSummary::physicalResourceId);
  }

  @Override
  public List<JsonNode> ofJob(JobId jobId, Instant since) {
    try (var client = logs.get()) {
      return groups()
        .parallelStream()
        .flatMap(group -> lines(client, group, jobId, since).stream())
        .sorted(Comparator.comparing(line -> line.path("time").asText()))
        .toList();
    }
  }

  private List<String> groups() {
    try (var client = cloudFormation.get()) {
      return client
        .listStackResourcesPaginator(list -> list.stackName(stackName))
        .stackResourceSummaries()
        .stream()
        .flatMap(resource -> group.apply(resource).stream())
        .toList();
    }
  }

  private static List<JsonNode> lines(
    CloudWatchLogsClient client,
    String group,
    JobId jobId,
    Instant since
  ) {
    try {
      return client
        .filterLogEventsPaginator(filter ->
          filter
            .logGroupName(group)
            .startTime(since.toEpochMilli())
            .filterPattern("\"%s\"".formatted(jobId))
        )
        .events()
        .stream()
        .map(FilteredLogEvent::message)
        .flatMap(StackLogs::line)
        .filter(line -> StackLogs.isAbout(line, jobId))
        .toList();
    } catch (ResourceNotFoundException nothingWasLoggedYet) {
      return List.of();
    }
  }

  @Override
  public String place() {
    return "the log groups of the stack " + stackName;
  }
}
