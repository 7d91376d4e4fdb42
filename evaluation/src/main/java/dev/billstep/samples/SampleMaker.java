package dev.billstep.samples;

import dev.billstep.json.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Makes documents of one page each, with what is printed on them beside: {@code 0001.pdf}, {@code
 * 0001.expected.json}. The same seed makes the same documents.
 */
public final class SampleMaker {

  private static final int DPI = 200;
  private static final float QUALITY = 0.85f;

  private final Condition condition;
  private final Manner manner;
  private final RandomGenerator random;
  private final Trade trade;

  /** Of the usual documents. */
  public SampleMaker(Condition condition, long seed) {
    this(condition, seed, Manner.USUAL);
  }

  public SampleMaker(Condition condition, long seed, Manner manner) {
    this.condition = condition;
    this.manner = manner;
    this.random = new Random(seed); // Seeded: a sample can be made again.
    this.trade = new Trade(random, manner);
  }

  /** The condition that documents are in. */
  public enum Condition {
    /** PDFs with their text. */
    DIGITAL,
    /** Scanned straight at 200 dpi. */
    CLEAN,
    /** Turned, noisy, blurred, folded, in a shadow, one or two of these at once. */
    DEGRADED,
  }

  /** Makes a number of documents in a folder. */
  public void make(int count, Path folder) {
    try {
      Files.createDirectories(folder);
      for (int number = 1; number <= count; number++) {
        var name = "%04d".formatted(number);
        try (var document = new PDDocument()) {
          var page = print(document, number);
          save(document, folder.resolve(name + ".pdf"));
          Files.write(
            folder.resolve(name + ".expected.json"),
            Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(List.of(page))
          );
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of every four, two are bills, one an e-way bill, one something else. */
  private Map<String, Object> print(PDDocument document, int number) {
    var press = new Press(trade.oneOf(List.of(FontFamily.values())), manner);
    return switch (number % 4) {
      case 0, 2 -> bill(document, press);
      case 1 -> ewayBill(document, press);
      default -> other(document, press);
    };
  }

  private Map<String, Object> bill(PDDocument document, Press press) {
    return switch (trade.between(0, 18)) {
      case 0, 1, 2, 3, 4, 5 -> form(document, press, BillForm.OF_PROGRAMS);
      case 6, 7, 8 -> form(document, press, BillForm.OF_MARKETPLACES);
      default -> plainBill(document, press);
    };
  }

  private Map<String, Object> form(PDDocument document, Press press, List<BillForm> forms) {
    var form = trade.oneOf(forms);
    var bill = Bill.taxInvoice(trade, trade.between(1, 7), true);
    try (var sheet = Sheet.open(document, PDRectangle.A4, press)) {
      form.print(new Printed(sheet, bill, trade), sheet, bill, trade);
      addLocalLines(sheet);
    }
    return page("bill", form.family(), form.expected(bill));
  }

  private Map<String, Object> plainBill(PDDocument document, Press press) {
    var layout = trade.oneOf(List.of(BillLayout.values()));
    var bill = layout.make(trade);
    try (var sheet = Sheet.open(document, layout.size(), press)) {
      layout.print(sheet, bill, trade);
      addLocalLines(sheet);
    }
    return page("bill", layout.name(), layout.expected(bill));
  }

  /** What sellers have printed on their paper in their own script. */
  private void addLocalLines(Sheet sheet) {
    manner.script().ifPresent(local -> {
      sheet.center(10, 7, local.invocation());
      sheet.center(19, 8, trade.oneOf(local.names()));
      sheet.center(sheet.height() - 12, 8, local.thanks());
    });
  }

  private Map<String, Object> ewayBill(PDDocument document, Press press) {
    var bill = EwayBill.make(trade);
    if (trade.chance(0.5)) {
      var form = trade.oneOf(List.of(EwayForm.values()));
      try (var sheet = Sheet.open(document, PDRectangle.A4, press)) {
        form.print(sheet, bill, trade);
      }
      return page("eway_bill", form.name(), bill.expected());
    }
    var layout = trade.oneOf(List.of(EwayLayout.values()));
    try (var sheet = Sheet.open(document, PDRectangle.A4, press)) {
      layout.print(sheet, bill, trade);
    }
    return page("eway_bill", layout.name(), bill.expected());
  }

  private Map<String, Object> other(PDDocument document, Press press) {
    if (trade.chance(0.5)) {
      var form = trade.oneOf(List.of(LikeBillForm.values()));
      try (var sheet = Sheet.open(document, PDRectangle.A4, press)) {
        form.print(sheet, trade);
      }
      return page("unknown", form.name(), Map.of());
    }
    var layout = trade.oneOf(List.of(OtherLayout.values()));
    try (var sheet = Sheet.open(document, PDRectangle.A4, press)) {
      layout.print(sheet, trade);
    }
    return page("unknown", layout.name(), Map.of());
  }

  private Map<String, Object> page(String type, String layout, Map<String, Object> fields) {
    var page = new LinkedHashMap<String, Object>();
    page.put("page_number", 1);
    page.put("doc_type", type);
    page.put("layout", layout);
    page.put("fields", manner.words().in(fields));
    return page;
  }

  private void save(PDDocument printed, Path file) throws IOException {
    if (condition == Condition.DIGITAL) {
      printed.save(file.toFile());
      return;
    }
    try (var scanned = new PDDocument()) {
      var scan = scan(printed);
      add(scanned, condition == Condition.DEGRADED ? degraded(scan) : scan);
      scanned.save(file.toFile());
    }
  }

  /** Fonts are whole once they are saved; before, letters of Indian scripts are drawn as others. */
  private static BufferedImage scan(PDDocument printed) throws IOException {
    var bytes = new ByteArrayOutputStream();
    printed.save(bytes);
    try (var saved = Loader.loadPDF(bytes.toByteArray())) {
      return new PDFRenderer(saved).renderImageWithDPI(0, DPI, ImageType.RGB);
    }
  }

  private BufferedImage degraded(BufferedImage scan) {
    var first = trade.oneOf(List.of(Degradation.values()));
    var image = first.apply(scan, random);
    if (trade.chance(0.5)) {
      var second = trade.oneOf(List.of(Degradation.NOISE, Degradation.JPEG, Degradation.SKEW));
      image = second == first ? image : second.apply(image, random);
    }
    return image;
  }

  private static void add(PDDocument document, BufferedImage image) throws IOException {
    var size = new PDRectangle((image.getWidth() * 72f) / DPI, (image.getHeight() * 72f) / DPI);
    var page = new PDPage(size);
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      var jpeg = JPEGFactory.createFromImage(document, image, QUALITY);
      content.drawImage(jpeg, 0, 0, size.getWidth(), size.getHeight());
    }
  }
}
