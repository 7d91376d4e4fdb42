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
import java.util.Comparator;
import java.util.Map;

/**
 * What more pages in a document, and more documents, take on the embedded stack: a model answers at once, so
 * that all of it is the pipeline's own. Each size has a stack of its own, whose memory is then of that size.
 */
public final class Growth {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final double MILLIS = 1000;

  private final String sample;
  private final SlowModel model;

  private Growth(String sample, SlowModel model) {
    this.sample = sample;
    this.model = model;
  }

  /** Takes a document whose pages are repeated, and the most pages and documents. */
  public static void main(String[] args) throws IOException {
    int most = Integer.parseInt(args[1]);
    try (var model = SlowModel.start(Duration.ZERO)) {
      var growth = new Growth(args[0], model);
      System.out.printf(
        "%-24s %9s %10s %14s %14s %9s %9s%n",
        "",
        "WALL, s",
        "s A PAGE",
        "s OF A CORE",
        "OF IT A PAGE",
        "MOST, MB",
        "CALLS"
      );
      for (int pages = 1; pages <= most; pages *= 10) {
        growth.measure(1, pages);
      }
      for (int documents = 10; documents <= most; documents *= 10) {
        growth.measure(documents, 1);
      }
    }
  }

  private void measure(int documents, int pages) throws IOException {
    var folder = Files.createTempDirectory("billstep-growth");
    try (
      var stack = EmbeddedStack.start(
        Project.ofSystemProperty(),
        Engine.EMBEDDED,
        PagesRoot.folder(Files.createDirectory(folder.resolve("pages"))),
        Map.of("openai_api_key", "of-this-benchmark-alone"),
        Progress.silent()
      )
    ) {
      var ask = Map.of("provider", "openai", "model", "quick", "baseUrl", model.baseUrl());
      stack.supabase().upsert("Settings", Map.of("key", "model", "value", ask));
      var jobs = new JobOperations(stack);
      var use = new StackUse(stack);
      read(jobs, document(folder, "warm-up", 2), 1);
      var document = document(folder, "grown", pages);
      int calls = model.calls();
      double core = used(use);
      var start = Instant.now();
      read(jobs, document, documents);
      double wall = Duration.between(start, Instant.now()).toMillis() / MILLIS;
      double cores = used(use) - core;
      int all = documents * pages;
      System.out.printf(
        "%,6d x %,5d page%s %,9.1f %10.3f %14.1f %14.3f %,9d %,9d%n",
        documents,
        pages,
        pages == 1 ? "      " : "s     ",
        wall,
        wall / all,
        cores,
        cores / all,
        use.mostMegabytes(),
        model.calls() - calls
      );
    } finally {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Path document(Path folder, String name, int pages) throws IOException {
    return ManyPages.write(sample, pages, folder.resolve(name + ".pdf"));
  }

  /** Every upload is a job of its own; whatever a page's question was answered with is kept a job. */
  private static void read(JobOperations jobs, Path document, int times) {
    var waiting = new ArrayDeque<JobId>();
    for (int time = 0; time < times; time++) {
      var name = document.getFileName().toString();
      waiting.add(jobs.upload(document, name, JobOperations.LOCAL_USER));
    }
    while (!waiting.isEmpty()) {
      var state = jobs.state(waiting.peek());
      if (!state.isEnded()) {
        Pause.take(POLL);
      } else if (state.isProcessed()) {
        waiting.remove();
      } else {
        throw new IllegalStateException(state.sentence());
      }
    }
  }

  private static double used(StackUse use) {
    return use.cpuSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
