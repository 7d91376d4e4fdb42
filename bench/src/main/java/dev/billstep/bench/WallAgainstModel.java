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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Has a document of many pages read by a model that takes its time, again and again, and prints where the
 * rest of the time goes. The model alone would need its calls' time divided by how many it is asked at once.
 */
public final class WallAgainstModel {

  /** A batch is classified in one call: with several pages of it at once, others would wait meanwhile. */
  private static final int BATCHES = 10;
  private static final int PAGES = 1;

  /** Of 100 pages there are twice as many batches as are read at once: none stays behind at the end. */
  private static final int PAGES_A_CALL = 5;

  private static final Duration POLL = Duration.ofMillis(50);

  private final EmbeddedStack stack;
  private final JobOperations jobs;
  private final StackUse use;
  private final SlowModel model;
  private final double secondsACall;

  private WallAgainstModel(EmbeddedStack stack, SlowModel model, double secondsACall) {
    this.stack = stack;
    this.jobs = new JobOperations(stack);
    this.use = new StackUse(stack);
    this.model = model;
    this.secondsACall = secondsACall;
  }

  /** Takes a document whose pages are repeated, how many pages, the seconds of a call, how often, and an engine. */
  public static void main(String[] args) throws IOException {
    double seconds = Double.parseDouble(args[2]);
    var folder = Files.createTempDirectory("billstep-wall");
    try (
      var model = SlowModel.start(Duration.ofMillis(Math.round(1000 * seconds)));
      var stack = EmbeddedStack.start(
        Project.ofSystemProperty(),
        Engine.valueOf(args[4].toUpperCase(Locale.ROOT)),
        PagesRoot.folder(Files.createDirectory(folder.resolve("pages"))),
        Map.of("openai_api_key", "of-this-benchmark-alone"),
        Progress.silent()
      )
    ) {
      var bench = new WallAgainstModel(stack, model, seconds);
      bench.setUp();
      bench.measure(document(args[0], "2", folder), "to warm up");
      bench.measureAgainAndAgain(document(args[0], args[1], folder), Integer.parseInt(args[3]));
      bench.use.printMemory();
    } finally {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Path document(String source, String pages, Path folder) throws IOException {
    return ManyPages.write(source, Integer.parseInt(pages), folder.resolve(pages + ".pdf"));
  }

  private void setUp() {
    set("model", Map.of("provider", "openai", "model", "slow", "baseUrl", model.baseUrl()));
    set("concurrency", Map.of("batches", BATCHES, "pages", PAGES));
    set("classify.batch_size", PAGES_A_CALL);
  }

  private void set(String key, Object value) {
    stack.supabase().upsert("Settings", Map.of("key", key, "value", value));
  }

  private void measureAgainAndAgain(Path document, int rounds) {
    var ratios = new ArrayList<Double>();
    for (int round = 1; round <= rounds; round++) {
      ratios.add(measure(document, "round %d of %d".formatted(round, rounds)));
    }
    ratios.sort(Comparator.naturalOrder());
    System.out.printf(
      "wall by the model's own time, median of %d: %.2f%n",
      rounds,
      ratios.get(rounds / 2)
    );
  }

  /** Gives the time that it took, by the model's own. */
  private double measure(Path document, String what) {
    int before = model.calls();
    var cpu = use.cpuSeconds();
    var start = Instant.now();
    var job = jobs.upload(document, document.getFileName().toString(), JobOperations.LOCAL_USER);
    while (!jobs.state(job).isEnded()) {
      Pause.take(POLL);
    }
    double wall = seconds(Duration.between(start, Instant.now()));
    double ideal = ((model.calls() - before) * secondsACall) / (BATCHES * PAGES);
    System.out.printf(
      "%s: %s%n  wall %.1f s; %d calls, %.1f s of the model by itself: ratio %.2f; at most %d calls at once%n",
      what,
      jobs.state(job).sentence(),
      wall,
      model.calls() - before,
      ideal,
      wall / ideal,
      model.most()
    );
    states(job).forEach((state, took) ->
      System.out.printf("  %-12s %6.2f s%n", state, seconds(took))
    );
    use.printCpuSince(cpu);
    return wall / ideal;
  }

  /** How long each state of the first level took. */
  private Map<String, Duration> states(JobId job) {
    var took = new LinkedHashMap<String, Duration>();
    var entered = new LinkedHashMap<String, Instant>();
    for (var event : history(job)) {
      if (event.stateEnteredEventDetails() != null) {
        entered.put(event.stateEnteredEventDetails().name(), event.timestamp());
      }
      if (event.stateExitedEventDetails() != null) {
        var name = event.stateExitedEventDetails().name();
        took.put(name, Duration.between(entered.get(name), event.timestamp()));
      }
    }
    took
      .keySet()
      .retainAll(List.of("Claim", "Split", "SplitOn", "ReadBatches", "SplitOnAndRead", "Persist"));
    return took;
  }

  private List<HistoryEvent> history(JobId job) {
    var row = stack
      .supabase()
      .selectOne("JobThread", Map.of("id", "eq." + job))
      .orElseThrow();
    try (var sfn = stack.sfn()) {
      return sfn
        .getExecutionHistoryPaginator(of -> of.executionArn(row.path("execution").asText()))
        .events()
        .stream()
        .toList();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
