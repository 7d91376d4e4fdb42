package dev.billstep.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.stack.StackLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the warm JVM has logged that all functions share. */
final class FunctionLogFile implements StackLogs {

  /** In a run's folder. */
  static final String NAME = "functions.jsonl";

  private final Path file;

  FunctionLogFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  @Override
  public List<JsonNode> ofJob(JobId jobId, Instant since) {
    try (var lines = Files.lines(file)) {
      return lines
        .flatMap(StackLogs::line)
        .filter(line -> StackLogs.isAbout(line, jobId))
        .toList();
    } catch (NoSuchFileException nothingIsLoggedYet) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String place() {
    return file.toString();
  }
}
