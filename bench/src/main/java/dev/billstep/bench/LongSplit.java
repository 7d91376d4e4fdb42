package dev.billstep.bench;

import dev.billstep.operation.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Splits a document of many coloured scans, ten different ones again and again, from a cold start, and prints what of
 * it is in memory and on disk at most.
 */
public final class LongSplit {

  private static final int DIFFERENT = 10;
  private static final double SECONDS = 1e9;

  private LongSplit() {}

  /** Takes a folder to work in, and how many pages. */
  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    int pages = Integer.parseInt(args[1]);
    var document = document(folder, pages);
    var scratch = new Scratch(document);
    long start = System.nanoTime();
    int split = new OwnSplit(folder.resolve("own")).split(document).pages().size();
    double seconds = (System.nanoTime() - start) / SECONDS;
    System.out.printf(
      "%,d pages in %.1f s: %.0f ms a page%n",
      split,
      seconds,
      (1000 * seconds) / split
    );
    System.out.printf(
      "on disk: the upload, %,d MB, and at most %,d MB beside it%n",
      Files.size(document) >> 20,
      scratch.mostBytes() >> 20
    );
    System.out.printf("VmHWM: %d kB%n", PeakMemory.kilobytes());
    System.exit(0);
  }

  private static Path document(Path folder, int pages) throws IOException {
    var few = folder.resolve("few.pdf");
    var many = folder.resolve("many.pdf");
    new ScannedDocuments(Path.of("samples/consignment-digital.pdf")).write(
      ScannedDocuments.Kind.JPEG_COLOUR,
      DIFFERENT,
      few
    );
    try (var source = Loader.loadPDF(few.toFile()); var document = new PDDocument()) {
      for (int number = 0; number < pages; number++) {
        document.importPage(source.getPage(number % DIFFERENT));
      }
      document.save(many.toFile());
    }
    return many;
  }

  /** Looks again and again at what lies beside an upload. Pages that are split lie in a folder of their own. */
  private static final class Scratch {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Path folder;
    private final long before;
    private final AtomicLong most = new AtomicLong();

    Scratch(Path upload) throws IOException {
      this.folder = upload.resolveSibling("");
      this.before = bytes();
      Thread.ofPlatform().daemon().start(this::look);
    }

    long mostBytes() {
      return most.get();
    }

    private void look() {
      while (true) {
        try {
          most.accumulateAndGet(bytes() - before, Math::max);
        } catch (NoSuchFileException gone) {
          // Between two looks at it: the next one counts.
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        Pause.take(POLL);
      }
    }

    private long bytes() throws IOException {
      long bytes = 0;
      try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
        for (var file : files) {
          bytes += Files.size(file);
        }
      }
      return bytes;
    }
  }
}
