package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.RunningStack;
import dev.billstep.embedded.StackFailure;
import dev.billstep.job.JobId;
import java.util.List;

/** The jobs of the stack that {@code billstep up} keeps running. */
final class OfRunningStack {

  private OfRunningStack() {}

  static RunningStack stack() {
    return RunningStack.find(Project.ofSystemProperty()).orElseThrow(() ->
      new StackFailure("No stack is running. Start one with: billstep up")
    );
  }

  /** Where a stack's parts are, a line each. */
  static List<String> parts(RunningStack stack) {
    return List.of(
      "AWS            " + stack.aws(),
      "Supabase       " + stack.supabase(),
      "upload bucket  " + stack.uploadBucket(),
      "state machine  " + stack.stateMachine(),
      "metrics        " + stack.metrics()
    );
  }

  static LocalJobs jobs() {
    return new LocalJobs(stack().open());
  }

  /**
   * The job that is meant.
   *
   * @param given its id, or the beginning of it that no other job has
   */
  static JobId job(LocalJobs jobs, String given) {
    List<String> fitting = jobs
      .all()
      .stream()
      .map((JsonNode job) -> job.path("id").asText())
      .filter(id -> id.startsWith(given))
      .toList();
    return switch (fitting.size()) {
      case 0 -> throw new StackFailure(
        "There is no job \"%s\". All jobs: billstep jobs".formatted(given)
      );
      case 1 -> JobId.of(fitting.getFirst());
      default -> throw new StackFailure(
        "\"%s\" begins the ids of %d jobs: give more of it.".formatted(given, fitting.size())
      );
    };
  }
}
