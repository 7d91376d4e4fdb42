package dev.billstep.command;

import dev.billstep.job.JobId;
import dev.billstep.operation.JobOperations;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The parameters of commands that are about jobs, one after the other. */
final class JobParameters {

  @Parameters(
    arity = "1..*",
    paramLabel = "ID",
    description = "The jobs' ids, or the beginnings of them."
  )
  private List<String> ids = List.of();

  /** All of them; where one is not there, nothing is done with the others. */
  List<JobId> of(JobOperations jobs) {
    return ids.stream().map(jobs::find).toList();
  }
}
