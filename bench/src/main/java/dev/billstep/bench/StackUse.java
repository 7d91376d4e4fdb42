package dev.billstep.bench;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.PartHealth;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the processes of a stack take of the machine, each with those that it has started. */
record StackUse(EmbeddedStack stack) {
  private static final double MILLIS = 1000;
  private static final int KILOBYTES = 1024;

  /** Seconds of a core that each has used so far. */
  Map<String, Double> cpuSeconds() {
    var used = new LinkedHashMap<String, Double>();
    for (var part : stack.parts()) {
      used.put(
        part.name(),
        ProcessHandle.of(part.pid())
          .stream()
          .mapToDouble(
            process -> seconds(process) + process.descendants().mapToDouble(StackUse::seconds).sum()
          )
          .sum()
      );
    }
    return used;
  }

  /** Prints the seconds of a core that each has used since. */
  void printCpuSince(Map<String, Double> before) {
    cpuSeconds().forEach((part, used) ->
      System.out.printf("  %-18s %6.1f s of a core%n", part, used - before.getOrDefault(part, 0.0))
    );
  }

  /** Prints the most that each has had in memory. */
  void printMemory() {
    for (var part : stack.parts()) {
      System.out.printf("  %-18s at most %,6d MB%n", part.name(), mostMegabytes(part));
    }
  }

  /** The most that its parts have had in memory, which need not have been at once. */
  long mostMegabytes() {
    return stack.parts().stream().mapToLong(StackUse::mostMegabytes).sum();
  }

  private static long mostMegabytes(PartHealth part) {
    return PeakMemory.kilobytes(part.pid()) / KILOBYTES;
  }

  private static double seconds(ProcessHandle process) {
    return process
      .info()
      .totalCpuDuration()
      .map(used -> used.toMillis() / MILLIS)
      .orElse(0.0);
  }
}
