package dev.billstep.bench;

import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.Picture;
import dev.billstep.page.Sha256;
import dev.billstep.page.StoredPicture;
import dev.billstep.storage.FilePageStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * In how much memory a model can be asked about pages: each kind of page with the heap of several sizes
 * of function. The core is one; what it takes of it, a function of so many MB takes 1,769 / MB as long
 * for, where that is less than a core (AWS Lambda developer guide, "Configure Lambda function memory").
 */
public final class MemoryCurve {

  private static final List<Integer> MEGABYTES = List.of(512, 640, 768, 832, 1024, 1769);

  /** Of a function's memory, as the executor of LocalStack gives it. */
  private static final double HEAP_SHARE = 0.8;

  private static final int DPI = 300;

  /** 60,000,000 pixels, as many as {@code split.limits} allows a page. */
  private static final int WIDEST = 7_746;

  private static final JobId JOB = JobId.of("00000000-0000-0000-0000-000000000000");

  private MemoryCurve() {}

  /** Takes a document whose first page is of the usual kind. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("billstep-memory");
    try (var model = SlowModel.start(Duration.ZERO)) {
      var address = model.baseUrl().toString();
      var usual = page(folder, usual(args[0]));
      var pictured = withPicture(folder, usual, PageMemory.picture(address));
      var questions = new LinkedHashMap<String, List<PageRef>>();
      questions.put("a page of A4 in colours, 300 dpi, whose picture is stored", List.of(pictured));
      questions.put("four of them", Collections.nCopies(4, pictured));
      questions.put("such a page whose picture is not", List.of(usual));
      questions.put("four such pages", Collections.nCopies(4, usual));
      questions.put("60,000,000 pixels of noise", List.of(page(folder, noise())));
      for (var question : questions.entrySet()) {
        System.out.println(question.getKey());
        for (int megabytes : MEGABYTES) {
          System.out.printf("  %,5d MB: ", megabytes);
          System.out.println(asked(megabytes, address, folder, question.getValue()));
        }
      }
    } finally {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String asked(int megabytes, String model, Path folder, List<PageRef> pages)
    throws IOException, InterruptedException {
    var command = new ArrayList<>(
      List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-Xmx%dm".formatted(Math.round(HEAP_SHARE * megabytes)),
        "-XX:ActiveProcessorCount=1",
        "-cp",
        System.getProperty("java.class.path"),
        PageMemory.class.getName(),
        model,
        folder.toString()
      )
    );
    pages.forEach(page -> command.add(Json.text(page)));
    var out = folder.resolve("out");
    var process = new ProcessBuilder(command)
      .redirectOutput(out.toFile())
      .redirectErrorStream(true)
      .start();
    int status = process.waitFor();
    var said = Files.readString(out, StandardCharsets.UTF_8);
    if (status == 0) {
      return said.strip();
    }
    return said.contains("OutOfMemoryError") ? "not enough" : "failed: " + said.strip();
  }

  private static BufferedImage usual(String document) throws IOException {
    try (var pdf = Loader.loadPDF(new File(document))) {
      return new PDFRenderer(pdf).renderImageWithDPI(0, DPI, ImageType.RGB);
    }
  }

  private static BufferedImage noise() {
    var image = new BufferedImage(WIDEST, WIDEST, BufferedImage.TYPE_3BYTE_BGR);
    var random = new Random(1);
    var row = new byte[3 * WIDEST];
    for (int y = 0; y < WIDEST; y++) {
      random.nextBytes(row);
      image.getRaster().setDataElements(0, y, WIDEST, 1, row);
    }
    return image;
  }

  private static PageRef page(Path folder, BufferedImage image) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    var stored = new FilePageStore(folder).storePage(JOB, png.toByteArray());
    return new PageRef(1, Sha256.of(png.toByteArray()), stored, Optional.empty());
  }

  private static PageRef withPicture(Path folder, PageRef page, Picture picture)
    throws IOException {
    var store = new FilePageStore(folder);
    var made = picture.of(PageImage.load(store, page));
    var at = store.storePicture(JOB, page.sha256(), picture.format(), made);
    return new PageRef(
      page.number(),
      page.sha256(),
      page.image(),
      page.words(),
      page.omissions(),
      List.of(new StoredPicture(picture, at))
    );
  }
}
