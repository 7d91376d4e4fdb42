package dev.billstep.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import dev.billstep.job.UploadKey;
import dev.billstep.json.Json;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.JobState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Uploads files and looks at what becomes of them, from outside. */
final class Jobs {

  /** The alias that everything calls. */
  private static final String LIVE = "live";

  /** In seconds, and each time another: a version is published for a change alone. */
  private static final AtomicInteger LATEST_TIMEOUT = new AtomicInteger(61);

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final EmbeddedStack stack;
  private final JobOperations jobs;

  Jobs(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new JobOperations(stack);
  }

  JobId upload(Path file) {
    return jobs.upload(file, String.valueOf(file.getFileName()), JobOperations.LOCAL_USER);
  }

  JobId make(Path file) {
    return jobs.make(file);
  }

  UploadKey upload(JobId jobId, Path file) {
    return jobs.upload(jobId, file);
  }

  /** Starts an execution by hand; gives its ARN. */
  String start(Object input) {
    try (var sfn = stack.sfn()) {
      return sfn
        .startExecution(request ->
          request.stateMachineArn(stack.outputs().stateMachine()).input(Json.text(input))
        )
        .executionArn();
    }
  }

  /** Invokes one of the functions that watch over jobs, as its schedule does. */
  JsonNode invoke(String handler, Object input) {
    try (var lambda = stack.lambda()) {
      var name = function(lambda, handler).functionName();
      var answer = lambda.invoke(request ->
        request.functionName(name).payload(SdkBytes.fromByteArray(Json.bytes(input)))
      );
      return Json.read(answer.payload().asByteArray(), JsonNode.class);
    }
  }

  /** Does something while one of the functions may take a second and no more. */
  void whileOneSecondIsAllFor(String handler, Runnable work) {
    whileItMayTake(handler, 1, work);
  }

  /** Does something with new containers of a function, which have cached nothing. */
  void withNewContainersOf(String handler, Runnable work) {
    whileItMayTake(handler, LATEST_TIMEOUT.getAndIncrement(), work);
  }

  private void whileItMayTake(String handler, int seconds, Runnable work) {
    try (var lambda = stack.lambda()) {
      var usual = function(lambda, handler);
      var name = usual.functionName();
      var live = lambda.getAlias(alias -> alias.functionName(name).name(LIVE)).functionVersion();
      setTimeout(lambda, name, seconds);
      setLive(lambda, name, lambda.publishVersion(of -> of.functionName(name)).version());
      try {
        work.run();
      } finally {
        setLive(lambda, name, live);
        setTimeout(lambda, name, usual.timeout());
      }
    }
  }

  private static void setTimeout(LambdaClient lambda, String function, int seconds) {
    lambda.updateFunctionConfiguration(update -> update.functionName(function).timeout(seconds));
    lambda.waiter().waitUntilFunctionUpdatedV2(of -> of.functionName(function));
  }

  private static void setLive(LambdaClient lambda, String function, String version) {
    lambda.waiter().waitUntilFunctionActiveV2(of -> of.functionName(function).qualifier(version));
    lambda.updateAlias(alias -> alias.functionName(function).name(LIVE).functionVersion(version));
  }

  private static FunctionConfiguration function(LambdaClient lambda, String handler) {
    return lambda
      .listFunctionsPaginator()
      .functions()
      .stream()
      .filter(function -> function.handler().endsWith("." + handler))
      .findFirst()
      .orElseThrow();
  }

  /** Stops the execution that the job names, as an operator does. */
  void stopExecution(JobId jobId) {
    try (var sfn = stack.sfn()) {
      var execution = row(jobId).path("execution").asText();
      sfn.stopExecution(stop -> stop.executionArn(execution).error("Operator").cause("asked to"));
    }
  }

  /** How an execution ended, once it has. */
  HistoryEvent ended(String execution) {
    try (var sfn = stack.sfn()) {
      await()
        .atMost(LIMIT)
        .until(
          () ->
            sfn.describeExecution(request -> request.executionArn(execution)).status() !=
            ExecutionStatus.RUNNING
        );
      return history(sfn, execution).getLast();
    }
  }

  /** Waits until a job has a status. */
  void has(JobId jobId, String status) {
    await()
      .atMost(LIMIT)
      .pollInterval(Duration.ofMillis(200))
      .until(() -> row(jobId).path("status").asText().equals(status));
  }

  /** Everything that the models were asked for a job, oldest first. */
  List<JsonNode> calls(JobId jobId) {
    return stack
      .database()
      .supabase()
      .select("ModelCall", "created_at.asc", Map.of("job_thread_id", "eq." + jobId));
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

  /** What the job's rows have said before. */
  List<JsonNode> revisions(JobId jobId) {
    return jobs.revisions(docs(jobId));
  }

  /** Everything that happened in the execution that the job names, oldest first. */
  List<HistoryEvent> history(JobId jobId) {
    try (var sfn = stack.sfn()) {
      return history(sfn, row(jobId).path("execution").asText());
    }
  }

  private static List<HistoryEvent> history(SfnClient sfn, String execution) {
    return sfn
      .getExecutionHistoryPaginator(request -> request.executionArn(execution))
      .events()
      .stream()
      .toList();
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
        .listExecutionsPaginator(request -> request.stateMachineArn(stack.outputs().stateMachine()))
        .executions()
        .stream()
        .filter(each -> each.executionArn().equals(wanted))
        .findFirst()
        .orElseThrow();
    }
  }
}
