package dev.billstep.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Splits a document of many coloured scans, ten different ones again and again, from a cold start. */
public final class LongSplit {

  private static final int DIFFERENT = 10;
  private static final double SECONDS = 1e9;

  private LongSplit() {}

  /** Takes a folder to work in, and how many pages. */
  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    int pages = Integer.parseInt(args[1]);
    var document = document(folder, pages);
    long start = System.nanoTime();
    int split = new OwnSplit(folder.resolve("own")).split(document).pages().size();
    double seconds = (System.nanoTime() - start) / SECONDS;
    System.out.printf(
      "%,d pages in %.1f s: %.0f ms a page%n",
      split,
      seconds,
      (1000 * seconds) / split
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
}
