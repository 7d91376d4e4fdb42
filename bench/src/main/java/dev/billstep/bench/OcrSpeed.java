package dev.billstep.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.ocr.OcrLine;
import dev.billstep.ocr.PpOcr;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Reads scanned documents by turns with the offline reader's OCR and with ocrmypdf. */
public final class OcrSpeed {

  private static final int DOTS_PER_INCH = 200;
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Fields whose values must not be lost. */
  private static final List<String> KEYS = List.of(
    "name",
    "gstin",
    "invoice_number",
    "document_number",
    "eway_bill_number",
    "vehicle_number",
    "taxable_total",
    "grand_total",
    "value_of_goods"
  );

  private OcrSpeed() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(args[0]);
    var documents = new ArrayList<Document>();
    for (var file : args) {
      if (!file.equals(args[0])) {
        documents.add(Document.of(Path.of(file)));
      }
    }
    var ours = new Engine("offline reader", new Ours());
    var theirs = Optional.of(new Engine("ocrmypdf -j2", new Ocrmypdf())).filter(engine ->
      Ocrmypdf.isInstalled()
    );
    ours.warmUp(documents);
    for (int round = 0; round < rounds; round++) {
      ours.read(documents);
      if (theirs.isPresent()) {
        theirs.get().read(documents);
      }
    }
    System.out.println("                   s a page   key strings");
    ours.report(documents);
    if (theirs.isPresent()) {
      theirs.get().report(documents);
      System.out.printf("ratio              %8.2f%n", ours.median() / theirs.get().median());
    }
    System.out.printf("first round        %8.2f%n", ours.first);
    System.out.printf("core-seconds a page%8.2f%n", ours.coreSeconds(rounds, documents));
    System.out.printf("peak memory        %8s MB%n", peakMegabytes());
    System.exit(0);
  }

  private static String peakMegabytes() throws IOException {
    var status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "?";
    }
    return Files.readAllLines(status)
      .stream()
      .filter(line -> line.startsWith("VmHWM"))
      .map(line -> String.valueOf(Long.parseLong(line.replaceAll("\\D", "")) / 1024))
      .findFirst()
      .orElse("?");
  }

  /**
   * A scanned document.
   *
   * @param keys of every page, what must be found on it
   */
  private record Document(Path file, List<byte[]> pages, List<TreeSet<String>> keys) {
    static Document of(Path file) throws IOException {
      var expected = Path.of(file.toString().replaceAll("\\.pdf$", ".expected.json"));
      var keys = new ArrayList<TreeSet<String>>();
      for (var page : Json.mapper().readTree(expected.toFile())) {
        keys.add(keys(page.path("fields")));
      }
      return new Document(file, pages(file.toFile()), keys);
    }

    private static TreeSet<String> keys(JsonNode fields) {
      return KEYS.stream()
        .flatMap(key -> fields.findValues(key).stream())
        .filter(JsonNode::isValueNode)
        .map(value -> value.isNumber() ? value.decimalValue().toBigInteger() + "" : value.asText())
        .map(OcrSpeed::plain)
        .filter(key -> !key.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<byte[]> pages(File file) throws IOException {
      var pages = new ArrayList<byte[]>();
      try (var document = Loader.loadPDF(file)) {
        var renderer = new PDFRenderer(document);
        for (int i = 0; i < document.getNumberOfPages(); i++) {
          var png = new ByteArrayOutputStream();
          var image = renderer.renderImageWithDPI(i, DOTS_PER_INCH, ImageType.GRAY);
          ImageIO.write(image, "png", png);
          pages.add(png.toByteArray());
        }
      }
      return pages;
    }

    List<String> lost(List<String> texts) {
      var lost = new ArrayList<String>();
      for (int i = 0; i < keys.size(); i++) {
        var text = plain(texts.get(i));
        for (var key : keys.get(i)) {
          if (!text.contains(key)) {
            lost.add("%s on page %d of %s".formatted(key, i + 1, file.getFileName()));
          }
        }
      }
      return lost;
    }
  }

  private static String plain(String text) {
    return NO_LETTER.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
  }

  /** Reads a document's pages. */
  private interface Reads {
    List<String> texts(Document document) throws IOException, InterruptedException;
  }

  private static final class Engine {

    private final String name;
    private final Reads reads;
    private final List<Double> secondsAPage = new ArrayList<>();
    private Duration cpuBefore = Duration.ZERO;
    private Duration cpu = Duration.ZERO;
    private double first;
    private final List<String> lost = new ArrayList<>();

    Engine(String name, Reads reads) {
      this.name = name;
      this.reads = reads;
    }

    void warmUp(List<Document> documents) throws IOException, InterruptedException {
      read(documents);
      first = secondsAPage.removeLast();
      cpu = Duration.ZERO;
    }

    void read(List<Document> documents) throws IOException, InterruptedException {
      lost.clear();
      cpuBefore = ownCpu();
      long start = System.nanoTime();
      for (var document : documents) {
        lost.addAll(document.lost(reads.texts(document)));
      }
      secondsAPage.add((System.nanoTime() - start) / 1e9 / pages(documents));
      cpu = cpu.plus(ownCpu().minus(cpuBefore));
    }

    private static Duration ownCpu() {
      return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static int pages(List<Document> documents) {
      return documents
        .stream()
        .mapToInt(document -> document.pages().size())
        .sum();
    }

    double median() {
      return secondsAPage
        .stream()
        .sorted()
        .toList()
        .get(secondsAPage.size() / 2);
    }

    double coreSeconds(int rounds, List<Document> documents) {
      return cpu.toNanos() / 1e9 / rounds / pages(documents);
    }

    void report(List<Document> documents) {
      long all = documents
        .stream()
        .flatMap(document -> document.keys().stream())
        .mapToInt(TreeSet::size)
        .sum();
      System.out.printf("%-19s%8.2f   %d of %d%n", name, median(), all - lost.size(), all);
      lost.forEach(key -> System.out.println("  lost: " + key));
    }
  }

  private static final class Ours implements Reads {

    private final PpOcr ocr = PpOcr.ofClassPath();

    @Override
    public List<String> texts(Document document) {
      return document
        .pages()
        .stream()
        .map(page ->
          ocr.read(page).lines().stream().map(OcrLine::text).collect(Collectors.joining("\n"))
        )
        .toList();
    }
  }

  private static final class Ocrmypdf implements Reads {

    static boolean isInstalled() {
      var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1);
      return Arrays.stream(folders).anyMatch(folder ->
        Files.isExecutable(Path.of(folder, "ocrmypdf"))
      );
    }

    @Override
    public List<String> texts(Document document) throws IOException, InterruptedException {
      var text = Files.createTempFile("ocrmypdf", ".txt");
      var pdf = Files.createTempFile("ocrmypdf", ".pdf");
      try {
        var command = Stream.of("ocrmypdf", "-q", "-j2", "--output-type", "pdf", "--sidecar");
        var process = new ProcessBuilder(
          Stream.concat(
            command,
            Stream.of(text.toString(), document.file().toString(), pdf.toString())
          ).toList()
        )
          .inheritIO()
          .start();
        if (process.waitFor() != 0) {
          throw new IOException("ocrmypdf failed on " + document.file());
        }
        return List.of(Files.readString(text).split("\f", -1));
      } finally {
        Files.delete(text);
        Files.delete(pdf);
      }
    }
  }
}
