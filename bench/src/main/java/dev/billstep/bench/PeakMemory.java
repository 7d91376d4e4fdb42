package dev.billstep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most that a process has had in memory (Linux: {@code VmHWM} of {@code /proc/PID/status}). */
final class PeakMemory {

  private PeakMemory() {}

  /** Of this process. */
  static long kilobytes() {
    return kilobytes(ProcessHandle.current().pid());
  }

  /** Of a process that runs. */
  static long kilobytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))
        .stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
