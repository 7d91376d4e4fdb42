package dev.billstep.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.billstep.chat.OpenAiProvider;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.settings.ModelSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Asks a model about pages, in one JVM with the heap and the core that a function has, and says what that
 * took of a core and of memory.
 */
public final class PageMemory {

  private static final int CALLS = 5;
  private static final double NANOS = 1e9;
  private static final int KILOBYTES = 1024;

  private PageMemory() {}

  /** Takes the address of a model's API, and the images of the pages that one call shows. */
  public static void main(String[] args) throws IOException {
    var settings = Json.read(
      Json.bytes(Map.of("provider", "openai", "model", "test", "baseUrl", args[0])),
      ModelSettings.class
    );
    var model = new OpenAiProvider().open(settings, new AnyKey());
    var prompt = new Prompt("bench", "What is each page?");
    var took = new ArrayList<Double>();
    for (int call = 0; call < CALLS; call++) {
      long before = cpuTime();
      model.classify(pages(List.of(args).subList(1, args.length)), prompt);
      took.add((cpuTime() - before) / NANOS);
    }
    var warm = took.subList(1, CALLS).stream().sorted().toList();
    System.out.printf(
      "%.2f s of a core the first time, %.2f then; at most %d MB%n",
      took.getFirst(),
      warm.get(warm.size() / 2),
      PeakMemory.kilobytes() / KILOBYTES
    );
  }

  private static List<PageImage> pages(List<String> files) {
    return IntStream.range(0, files.size())
      .mapToObj(index -> PageImage.of(index + 1, bytes(Path.of(files.get(index)))))
      .toList();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long cpuTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
