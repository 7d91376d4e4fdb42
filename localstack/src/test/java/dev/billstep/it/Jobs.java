package dev.billstep.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.command.JobState;
import dev.billstep.command.LocalJobs;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Uploads files and looks at what becomes of them, from outside. */
final class Jobs {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final EmbeddedStack stack;
  private final LocalJobs jobs;

  Jobs(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new LocalJobs(stack);
  }

  JobId upload(Path file) {
    return jobs.upload(file);
  }

  JobState ended(JobId jobId) {
    return await()
      .atMost(LIMIT)
      .pollInterval(Duration.ofMillis(200))
      .until(() -> jobs.state(jobId), JobState::isEnded);
  }

  /** Waits until an execution has claimed the job. */
  void started(JobId jobId) {
    await()
      .atMost(LIMIT)
      .until(() -> row(jobId).path("status").asText().equals("processing"));
  }

  JsonNode row(JobId jobId) {
    return stack
      .database()
      .supabase()
      .selectOne("JobThread", Map.of("id", "eq." + jobId))
      .orElseThrow();
  }

  List<JsonNode> docs(JobId jobId) {
    return jobs.docs(jobId);
  }

  /** Everything that happened in the execution that the job names, oldest first. */
  List<HistoryEvent> history(JobId jobId) {
    try (var sfn = stack.sfn()) {
      var execution = row(jobId).path("execution").asText();
      return sfn
        .getExecutionHistoryPaginator(request -> request.executionArn(execution))
        .events()
        .stream()
        .toList();
    }
  }

  /** How the job's execution ended, once it has. */
  HistoryEvent failedExecution(JobId jobId) {
    await()
      .atMost(LIMIT)
      .until(() -> execution(jobId).status() != ExecutionStatus.RUNNING);
    return history(jobId).getLast();
  }

  ExecutionListItem execution(JobId jobId) {
    try (SfnClient sfn = stack.sfn()) {
      var wanted = row(jobId).path("execution").asText();
      return sfn
        .listExecutionsPaginator(request -> request.stateMachineArn(stack.stateMachineArn()))
        .executions()
        .stream()
        .filter(each -> each.executionArn().equals(wanted))
        .findFirst()
        .orElseThrow();
    }
  }
}
