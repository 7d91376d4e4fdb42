package dev.billstep.bench;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Makes documents as scanners do: of a drawn document's pages, in grain and in one of the ways to pack it. */
final class ScannedDocuments {

  /** Of scanners in offices. */
  static final int DOTS_PER_INCH = 300;

  /** How far a scanner's greys lie from the paper's, in steps of 256. */
  private static final double GRAIN = 3;

  private static final int THRESHOLD = 128;

  private final Path source;

  ScannedDocuments(Path source) {
    this.source = source;
  }

  /** How a scan is packed. */
  enum Kind {
    CCITT(ImageType.GRAY, "gray"),
    JBIG2(ImageType.GRAY, "gray"),
    JPEG_GREY(ImageType.GRAY, "gray"),
    JPEG_COLOUR(ImageType.RGB, "rgb"),
    FLATE_CLEAN(ImageType.RGB, "rgb");

    private final ImageType type;
    private final String colours;

    Kind(ImageType type, String colours) {
      this.type = type;
      this.colours = colours;
    }

    /** As mutool calls those that a page of it has. */
    String colours() {
      return colours;
    }

    private BufferedImage scanned(BufferedImage page, Random random) {
      return switch (this) {
        case CCITT, JBIG2 -> bilevel(page, random);
        case JPEG_GREY, JPEG_COLOUR -> grained(page, random);
        case FLATE_CLEAN -> page;
      };
    }

    private PDImageXObject packed(PDDocument document, BufferedImage scan) throws IOException {
      return switch (this) {
        case CCITT -> CCITTFactory.createFromImage(document, scan);
        case JBIG2 -> jbig2(document, scan);
        case JPEG_GREY, JPEG_COLOUR -> JPEGFactory.createFromImage(document, scan, 0.75f);
        case FLATE_CLEAN -> LosslessFactory.createFromImage(document, scan);
      };
    }
  }

  /** Writes a document; the same source, kind and number give the same pages. */
  void write(Kind kind, int pages, Path target) throws IOException {
    try (var drawn = Loader.loadPDF(source.toFile()); var document = new PDDocument()) {
      var renderer = new PDFRenderer(drawn);
      for (int number = 0; number < pages; number++) {
        var page = renderer.renderImageWithDPI(
          number % drawn.getNumberOfPages(),
          DOTS_PER_INCH,
          kind.type
        );
        stamp(page, number);
        add(document, kind.packed(document, kind.scanned(page, new Random(number))));
      }
      document.save(target.toFile());
    }
  }

  private static void add(PDDocument document, PDImageXObject scan) throws IOException {
    var page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.drawImage(scan, 0, 0, PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight());
    }
  }

  /** In the blue of a stamp's ink, so that no page is as another. */
  private static void stamp(BufferedImage page, int number) {
    var graphics = page.createGraphics();
    graphics.setColor(new Color(40, 60, 160));
    graphics.setFont(graphics.getFont().deriveFont(60f));
    graphics.drawString("No. " + number, page.getWidth() / 2, page.getHeight() - 150);
    graphics.dispose();
  }

  private static BufferedImage grained(BufferedImage page, Random random) {
    var raster = page.getRaster();
    int[] row = new int[page.getWidth() * raster.getNumBands()];
    for (int y = 0; y < page.getHeight(); y++) {
      raster.getPixels(0, y, page.getWidth(), 1, row);
      for (int at = 0; at < row.length; at++) {
        row[at] = (int) Math.clamp(row[at] - 8 + random.nextGaussian() * GRAIN, 0, 255);
      }
      raster.setPixels(0, y, page.getWidth(), 1, row);
    }
    return page;
  }

  /** With grains where ink begins, as a threshold leaves them. */
  private static BufferedImage bilevel(BufferedImage page, Random random) {
    var scan = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = 0; x < page.getWidth(); x++) {
        double grey = page.getRaster().getSample(x, y, 0) + random.nextGaussian() * 10 * GRAIN;
        scan.getRaster().setSample(x, y, 0, grey > THRESHOLD ? 1 : 0);
      }
    }
    return scan;
  }

  private static PDImageXObject jbig2(PDDocument document, BufferedImage scan) throws IOException {
    InputStream segments = new ByteArrayInputStream(Jbig2Page.of(scan));
    return new PDImageXObject(
      document,
      segments,
      COSName.JBIG2_DECODE,
      scan.getWidth(),
      scan.getHeight(),
      1,
      PDDeviceGray.INSTANCE
    );
  }
}
