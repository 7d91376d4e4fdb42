package dev.billstep.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.PartHealth;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that dies in the middle of its work, and what has to hold afterwards. */
public final class Crash {

  private Crash() {}

  /** Ends a process without a word to it. */
  public static void of(long process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-9", String.valueOf(process)).start().waitFor(5, TimeUnit.SECONDS);
  }

  /** How a part of a stack is. */
  public static PartHealth health(String part, List<PartHealth> parts) {
    return parts
      .stream()
      .filter(each -> each.name().equals(part))
      .findFirst()
      .orElseThrow();
  }

  /** The questions of a job, out of its calls, that were not answered from what is stored. */
  public static List<String> paidFor(List<JsonNode> calls) {
    return calls
      .stream()
      .filter(call -> call.path("outcome").asText().equals("ok"))
      .map((JsonNode call) -> call.path("step").asText() + call.path("pages"))
      .toList();
  }
}
