package dev.billstep.command;

import java.util.List;
import picocli.CommandLine.Parameters;

/** The parameters of commands that are about jobs of the running stack, one after the other. */
final class ChosenJobs {

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Jobs' ids, or their beginnings.")
  private List<String> ids = List.of();

  /** As they were given. */
  List<String> given() {
    return ids;
  }
}
