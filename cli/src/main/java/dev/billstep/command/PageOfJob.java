package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.JobOperations;
import picocli.CommandLine.Parameters;

/** The parameters of commands that are about one page of a job. */
final class PageOfJob {

  @Parameters(index = "0", paramLabel = "ID", description = "The job's id, or the beginning of it.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "N", description = "The page's number, counted from 1.")
  private int number;

  /** Its {@code Doc} row. */
  JsonNode of(JobOperations jobs) {
    return jobs.doc(jobs.find(id), number);
  }
}
