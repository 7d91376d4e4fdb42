package dev.billstep.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Splits hostile files one after the other in this process and prints what becomes of each: those
 * that are made for it, or those of a folder.
 */
public final class HostileBench {

  private static final SplitLimits LIMITS = new SplitLimits(100 << 20, 1000, 60_000_000, 200, 200);
  private static final Duration SETTLED = Duration.ofSeconds(2);
  private static final int MEBIBYTE = 1 << 20;

  private final AtomicLong peak = new AtomicLong();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  private HostileBench() {}

  /**
   * Prints a table.
   *
   * @param args a folder to make files in, and another one whose files are split instead of them
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var bench = new HostileBench();
    bench.watchTheHeap();
    System.out.println("| file | bytes | outcome | seconds | peak heap, MiB |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (var file : args.length > 1 ? files(Path.of(args[1])) : made(Path.of(args[0]))) {
      bench.split(file);
    }
    System.out.println();
    bench.outcomes.forEach((outcome, count) -> System.out.printf("%6d %s%n", count, outcome));
    Thread.sleep(SETTLED); // The last one may be about to end.
    long hanging = Thread.getAllStackTraces()
      .keySet()
      .stream()
      .filter(thread -> thread.getName().equals("split"))
      .count();
    System.out.printf("%6d threads left behind%n", hanging);
    System.exit(0);
  }

  private static List<Path> made(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    for (var file : HostileFiles.all().entrySet()) {
      files.add(Files.write(folder.resolve(file.getKey()), file.getValue().bytes()));
    }
    return files;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void watchTheHeap() {
    Thread.ofPlatform()
      .daemon()
      .start(() -> {
        while (true) {
          var runtime = Runtime.getRuntime();
          peak.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
          try {
            Thread.sleep(5);
          } catch (InterruptedException e) {
            return;
          }
        }
      });
  }

  private void split(Path file) throws IOException {
    peak.set(0);
    long started = System.nanoTime();
    var outcome = outcome(file);
    System.out.printf(
      "| `%s` | %,d | %s | %.1f | %d |%n",
      file.getFileName(),
      Files.size(file),
      outcome.replace("|", "\\|"),
      (System.nanoTime() - started) / 1e9,
      peak.get() / MEBIBYTE
    );
  }

  private String outcome(Path file) {
    var pages = new ArrayList<String>();
    try {
      var name = file.getFileName().toString();
      DocumentSplitter.of(file, name).split(file, LIMITS, page -> pages.add(described(page)));
      count("pages", pages);
      return pages
        .stream()
        .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(kind -> kind.getValue() == 1 ? kind.getKey() : kind.getValue() + " × " + kind.getKey())
        .collect(Collectors.joining(", "));
    } catch (UploadRejected refused) {
      var type = refused.getClass().getName();
      outcomes.merge("refused: " + type.substring(type.lastIndexOf('.') + 1), 1, Integer::sum);
      return sentence(refused);
    } catch (Throwable e) {
      outcomes.merge("NOT NAMED", 1, Integer::sum);
      return "NOT NAMED: " + e;
    }
  }

  private void count(String what, List<String> pages) {
    boolean areWhole = pages.stream().allMatch("page"::equals);
    outcomes.merge(areWhole ? what : what + ", not all or not whole", 1, Integer::sum);
  }

  private static String sentence(UploadRejected why) {
    return String.valueOf(why.getMessage());
  }

  private static String described(SplitPage page) {
    return switch (page) {
      case SplitPage.Drawn drawn -> drawn.png().length > 0 && drawn.omissions().isEmpty()
        ? "page"
        : "page without " + drawn.omissions();
      case SplitPage.Undrawn undrawn -> sentence(undrawn.why());
    };
  }
}
