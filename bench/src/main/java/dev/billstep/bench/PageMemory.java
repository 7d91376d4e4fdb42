package dev.billstep.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.billstep.chat.OpenAiProvider;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.Picture;
import dev.billstep.settings.ModelSettings;
import dev.billstep.storage.FilePageStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks a model about pages, in one JVM with the heap and the core that a function has, and says what that
 * took of a core and of memory.
 */
public final class PageMemory {

  private static final OpenAiProvider PROVIDER = new OpenAiProvider();
  private static final int CALLS = 5;
  private static final double NANOS = 1e9;
  private static final int KILOBYTES = 1024;

  private PageMemory() {}

  /** Takes the address of a model's API, a folder of pages, and the pages that one call shows: by reference, as JSON. */
  public static void main(String[] args) throws IOException {
    var settings = settings(args[0]);
    var model = PROVIDER.open(settings, new AnyKey());
    var store = new FilePageStore(Path.of(args[1]));
    var shown = Stream.of(args)
      .skip(2)
      .map(page -> Json.read(page.getBytes(UTF_8), PageRef.class))
      .toList();
    var prompt = new Prompt("bench", "What is each page?");
    var took = new ArrayList<Double>();
    for (int call = 0; call < CALLS; call++) {
      long before = cpuTime();
      model.classify(pages(store, shown, PROVIDER.pictureToClassify(settings)), prompt);
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

  /** The picture that the model is sent to say what a page is. */
  static Picture picture(String model) {
    return PROVIDER.pictureToClassify(settings(model)).orElseThrow();
  }

  private static ModelSettings settings(String model) {
    return Json.read(
      Json.bytes(Map.of("provider", "openai", "model", "test", "baseUrl", model)),
      ModelSettings.class
    );
  }

  private static List<PageImage> pages(
    PageStore store,
    List<PageRef> pages,
    Optional<Picture> sent
  ) {
    return pages
      .stream()
      .map(page -> PageImage.load(store, page, sent))
      .toList();
  }

  private static long cpuTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
