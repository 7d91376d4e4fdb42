package dev.billstep.workflow;

import dev.billstep.job.Executions;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Executions of the state machine. */
public final class StepFunctionsExecutions implements Executions {

  private final SfnClient sfn;
  private final String stateMachineArn;

  public StepFunctionsExecutions(SfnClient sfn, String stateMachineArn) {
    this.sfn = sfn;
    this.stateMachineArn = stateMachineArn;
  }

  @Override
  public void start(JobId jobId) {
    try {
      sfn.startExecution(request ->
        request.stateMachineArn(stateMachineArn).input(Json.text(Map.of("jobId", jobId)))
      );
    } catch (SdkException e) {
      throw new WorkflowUnavailable(jobId, e);
    }
  }
}
