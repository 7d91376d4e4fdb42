package dev.billstep.command;

import dev.billstep.job.JobId;
import dev.billstep.operation.JobOperations;
import picocli.CommandLine.Parameters;

/** The parameter of commands that are about one job. */
final class JobParameter {

  @Parameters(index = "0", paramLabel = "ID", description = "The job's id, or the beginning of it.")
  private String id = "";

  /** As it was given. */
  String given() {
    return id;
  }

  JobId of(JobOperations jobs) {
    return jobs.find(id);
  }
}
