package dev.billstep.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * Splits documents by turns with the pipeline's own step, with mutool and, where their pages are scans, with
 * pdfimages. What a process takes to start is measured by itself and taken off.
 */
public final class SplitSpeed {

  /** Until the compilers have seen what there is. */
  private static final int WARM_UP = 3;

  private static final int PAGES_OF_A_KIND = 10;

  /** That others are given of a document: they take seconds for all of it. */
  private static final int MOST_OF_MUTOOL = 5;

  private static final int MOST_OF_PDFIMAGES = 1;
  private static final double MILLIS = 1e6;
  private static final double KILOBYTE = 1000;
  private static final double POINTS_PER_INCH = 72;

  /** Where the width and height are in a PNG: after its signature and the name of its first chunk. */
  private static final int WIDTH_IN_PNG = 16;

  private static final OperatingSystemMXBean MACHINE = ManagementFactory.getPlatformMXBean(
    OperatingSystemMXBean.class
  );

  private final Path folder;
  private final int rounds;
  private final OwnSplit own;

  private SplitSpeed(Path folder, int rounds) throws IOException {
    this.folder = folder;
    this.rounds = rounds;
    this.own = new OwnSplit(folder.resolve("own"));
  }

  /** Takes a folder to work in, how many rounds, and folders of documents. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var bench = new SplitSpeed(Path.of(args[0]), Integer.parseInt(args[1]));
    var documents = new ArrayList<>(bench.scans());
    for (var folder : List.of(args).subList(2, args.length)) {
      documents.addAll(bench.documents(Path.of(folder)));
    }
    bench.measure(documents);
    System.exit(0);
  }

  private List<Document> scans() throws IOException {
    var maker = new ScannedDocuments(Path.of("samples/consignment-digital.pdf"));
    var scans = new ArrayList<Document>();
    for (var kind : ScannedDocuments.Kind.values()) {
      var file = folder.resolve(kind + ".pdf");
      maker.write(kind, PAGES_OF_A_KIND, file);
      scans.add(
        new Document(
          kind.name(),
          file,
          PAGES_OF_A_KIND,
          ScannedDocuments.DOTS_PER_INCH,
          kind.colours(),
          true
        )
      );
    }
    return scans;
  }

  private List<Document> documents(Path of) throws IOException {
    try (var files = Files.list(of)) {
      var documents = new ArrayList<Document>();
      for (var file : files
        .filter(file -> file.toString().endsWith(".pdf"))
        .sorted()
        .toList()) {
        documents.add(document(file));
      }
      return documents;
    }
  }

  /** As dense as the step makes it: a scan is taken out as it is. */
  private Document document(Path file) throws IOException {
    var pages = own.split(file);
    double inches;
    try (var pdf = Loader.loadPDF(file.toFile())) {
      var page = pdf.getPage(0);
      boolean isLying = page.getRotation() % 180 != 0;
      var box = page.getCropBox();
      inches = (isLying ? box.getHeight() : box.getWidth()) / POINTS_PER_INCH;
    }
    int width = ByteBuffer.wrap(own.image(pages, 1)).getInt(WIDTH_IN_PNG);
    boolean isDrawn = pages
      .pages()
      .stream()
      .anyMatch(page -> page.words().isPresent());
    int dpi = (int) Math.round(width / inches);
    var name = isDrawn ? "drawn" : "scanned";
    return new Document(name, file, pages.pages().size(), dpi, "rgb", !isDrawn);
  }

  private void measure(List<Document> documents) throws IOException, InterruptedException {
    double start = start();
    System.out.printf("mutool's start: %.1f ms, taken off%n", start);
    for (int round = 1; round <= WARM_UP; round++) {
      for (var document : documents) {
        tell("warming up", round, document, ours(document));
      }
    }
    var samples = new LinkedHashMap<Document, Samples>();
    for (int round = 1; round <= rounds; round++) {
      for (var document : documents) {
        var sample = samples.computeIfAbsent(document, _ -> new Samples());
        var ours = ours(document);
        tell("round", round, document, ours);
        sample.add("ours", ours);
        sample.add("mutool", mutool(document, "rgb", start));
        if (!"rgb".equals(document.colours())) {
          sample.add("told", mutool(document, document.colours(), start));
        }
        if (document.isScan() && round == 1) {
          sample.add("pdfimages", pdfimages(document, start));
        }
      }
    }
    report(samples);
  }

  private static void tell(String what, int round, Document document, Sample ours) {
    System.err.printf(
      "%s %d: %s, %s, %.1f ms a page%n",
      what,
      round,
      document.name(),
      document.file().getFileName(),
      ours.millis()
    );
  }

  /** Of a process of mutool that has next to nothing to do. */
  private double start() throws IOException, InterruptedException {
    var file = folder.resolve("empty.pdf");
    try (var empty = new PDDocument()) {
      empty.addPage(new PDPage());
      empty.save(file.toFile());
    }
    var document = new Document("empty", file, 1, 10, "gray", false);
    var took = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      took.add(mutool(document, "gray", 0).millis());
    }
    return median(took);
  }

  private Sample ours(Document document) throws IOException {
    long start = System.nanoTime();
    long cores = MACHINE.getProcessCpuTime();
    var pages = own.split(document.file());
    double millis = (System.nanoTime() - start) / MILLIS;
    double coreMillis = (MACHINE.getProcessCpuTime() - cores) / MILLIS;
    long bytes = 0;
    for (var page : pages.pages()) {
      bytes += own.image(pages, page.number()).length;
    }
    clear(folder.resolve("own"));
    return Sample.of(document.pages(), millis, coreMillis, bytes);
  }

  /** Reads the next page while it draws one, in bands with a thread for each core. */
  private Sample mutool(Document document, String colours, double start)
    throws IOException, InterruptedException {
    var pages = Files.createDirectories(folder.resolve("theirs"));
    var command = new ArrayList<>(List.of("mutool", "draw", "-q", "-P", "-B", "512", "-T", "2"));
    command.addAll(List.of("-r", document.dpi() + "", "-c", colours));
    command.addAll(List.of("-o", pages + "/%d.png", document.file().toString()));
    int count = Math.min(document.pages(), MOST_OF_MUTOOL);
    command.add("1-" + count);
    return run(command, count, start, pages);
  }

  private Sample pdfimages(Document document, double start)
    throws IOException, InterruptedException {
    var pages = Files.createDirectories(folder.resolve("theirs"));
    var file = document.file().toString();
    int count = Math.min(document.pages(), MOST_OF_PDFIMAGES);
    var command = List.of("pdfimages", "-png", "-l", count + "", file, pages + "/page");
    return run(command, count, start, pages);
  }

  private static Sample run(List<String> command, int count, double starting, Path pages)
    throws IOException, InterruptedException {
    long start = System.nanoTime();
    var process = new ProcessBuilder(command)
      .redirectOutput(ProcessBuilder.Redirect.DISCARD)
      .redirectError(ProcessBuilder.Redirect.DISCARD)
      .start();
    int ending = process.waitFor();
    double millis = (System.nanoTime() - start) / MILLIS;
    if (ending != 0) {
      throw new IOException(command + " has ended with " + ending);
    }
    long bytes = 0;
    try (var files = Files.list(pages)) {
      for (var file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    clear(pages);
    return Sample.of(count, Math.max(0, millis - starting), Double.NaN, bytes);
  }

  private static void clear(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void report(Map<Document, Samples> all) {
    System.out.println(
      "                       ms a page                                               KB a page"
    );
    System.out.println(
      "               pages   ours  a core  mutool  its colours  pdfimages   ratios    ours  mutool"
    );
    all
      .keySet()
      .stream()
      .map(Document::name)
      .distinct()
      .forEach(name -> print(name, all));
  }

  /** All documents of a name as one: the sum of their medians. */
  private static void print(String name, Map<Document, Samples> all) {
    var of = all
      .keySet()
      .stream()
      .filter(document -> document.name().equals(name))
      .toList();
    int pages = of.stream().mapToInt(Document::pages).sum();
    double coreMillis = 0;
    var millis = new LinkedHashMap<String, Double>();
    var bytes = new LinkedHashMap<String, Double>();
    for (var document : of) {
      coreMillis += (samples(all, document).coreMillis() * document.pages()) / pages;
    }
    for (var engine : List.of("ours", "mutool", "told", "pdfimages")) {
      for (var document : of) {
        var samples = samples(all, document);
        if (samples.has(engine)) {
          double share = (double) document.pages() / pages;
          millis.merge(engine, samples.millis(engine) * share, Double::sum);
          bytes.merge(engine, (samples.bytes(engine) / KILOBYTE) * share, Double::sum);
        }
      }
    }
    double ours = millis.getOrDefault("ours", Double.NaN);
    double theirs = millis.getOrDefault("mutool", Double.NaN);
    double told = millis.getOrDefault("told", Double.NaN);
    System.out.printf(
      "%-13s %6d %6.1f %7.1f %7.1f %12.1f %10.1f %5.1f %5.1f %7.0f %7.0f%n",
      name,
      pages,
      ours,
      coreMillis,
      theirs,
      told,
      millis.getOrDefault("pdfimages", Double.NaN),
      theirs / ours,
      told / ours,
      bytes.getOrDefault("ours", Double.NaN),
      bytes.getOrDefault("mutool", Double.NaN)
    );
  }

  private static Samples samples(Map<Document, Samples> all, Document document) {
    return Objects.requireNonNull(all.get(document));
  }

  private static double median(List<Double> of) {
    return of
      .stream()
      .sorted()
      .toList()
      .get(of.size() / 2);
  }

  /**
   * What is split.
   *
   * @param name that its figures are added up under
   * @param dpi that mutool is told to draw it at
   * @param colours that its pages have, as mutool calls them
   * @param isScan whether each page is one image
   */
  private record Document(
    String name,
    Path file,
    int pages,
    int dpi,
    String colours,
    boolean isScan
  ) {}

  /**
   * What a page took.
   *
   * @param coreMillis of all threads together, where they are known
   */
  private record Sample(double millis, double coreMillis, double bytes) {
    static Sample of(int pages, double millis, double coreMillis, long bytes) {
      return new Sample(millis / pages, coreMillis / pages, (double) bytes / pages);
    }
  }

  /** Of one document, by engine. */
  private static final class Samples {

    private final Map<String, List<Sample>> byEngine = new LinkedHashMap<>();

    void add(String engine, Sample sample) {
      byEngine.computeIfAbsent(engine, _ -> new ArrayList<>()).add(sample);
    }

    boolean has(String engine) {
      return byEngine.containsKey(engine);
    }

    double millis(String engine) {
      return median(of(engine).stream().map(Sample::millis).toList());
    }

    double coreMillis() {
      return median(of("ours").stream().map(Sample::coreMillis).toList());
    }

    double bytes(String engine) {
      return of(engine).getLast().bytes();
    }

    private List<Sample> of(String engine) {
      return byEngine.getOrDefault(engine, List.of());
    }
  }
}
