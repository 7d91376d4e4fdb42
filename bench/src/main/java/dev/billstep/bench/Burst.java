package dev.billstep.bench;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import dev.billstep.job.JobId;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/** Uploads every document of a folder at once, and waits until all are read by the offline reader. */
public final class Burst {

  private static final Duration POLL = Duration.ofMillis(500);

  private Burst() {}

  /** Takes the folder; what is in it beside the documents ends with {@code .json} or is a log. */
  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    var documents = documents(folder);
    try (
      var stack = EmbeddedStack.start(
        Project.ofSystemProperty(),
        Engine.EMBEDDED,
        PagesRoot.folder(Files.createDirectory(folder.resolve("pages"))),
        Map.of(),
        Progress.silent()
      )
    ) {
      var jobs = new JobOperations(stack);
      var use = new StackUse(stack);
      var start = Instant.now();
      var waiting = new ArrayDeque<JobId>();
      for (var document : documents) {
        var name = document.getFileName().toString();
        waiting.add(jobs.upload(document, name, JobOperations.LOCAL_USER));
      }
      int processed = 0;
      int pages = 0;
      while (!waiting.isEmpty()) {
        var state = jobs.state(waiting.peek());
        if (!state.isEnded()) {
          Pause.take(POLL);
          continue;
        }
        processed += state.isProcessed() ? 1 : 0;
        pages += jobs.docs(waiting.remove()).size();
      }
      double minutes = Duration.between(start, Instant.now()).toMillis() / 60_000.0;
      System.out.printf(
        "%d of %d files processed, %d pages, in %.1f minutes: %.0f files a minute%n",
        processed,
        documents.size(),
        pages,
        minutes,
        documents.size() / minutes
      );
      use.printCpuSince(Map.of());
      use.printMemory();
    }
  }

  private static List<Path> documents(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
        .filter(file -> file.toString().matches(".*\\.(pdf|png|jpe?g|tiff?)"))
        .sorted()
        .toList();
    }
  }
}
