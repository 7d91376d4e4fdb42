package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.DefaultResourceCache;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Splits a PDF. A page that is one scanned image is taken out at the scan's own resolution; any
 * other page is drawn. The text that a page carries goes with it.
 */
final class PdfSplitter implements DocumentSplitter {

  private static final double POINTS_PER_INCH = 72;

  @Override
  public void split(Path file, SplitLimits limits, PageSink sink) throws IOException {
    try (var document = load(file)) {
      document.setResourceCache(new FontsOnly());
      int pageCount = document.getNumberOfPages();
      if (pageCount > limits.maxPages()) {
        throw new UploadRejected.TooManyPages(pageCount, limits.maxPages());
      }
      if (pageCount == 0) {
        throw new UploadRejected.Corrupt("PDF", "it has no pages", null);
      }
      var renderer = new PDFRenderer(document);
      for (int index = 0; index < pageCount; index++) {
        splitPage(document, renderer, index, limits, sink);
      }
    }
  }

  private static PDDocument load(Path file) {
    try {
      return Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache());
    } catch (InvalidPasswordException e) {
      throw new UploadRejected.Encrypted(e);
    } catch (IOException | RuntimeException e) {
      throw corrupt("the file", e);
    }
  }

  private static void splitPage(
    PDDocument document,
    PDFRenderer renderer,
    int index,
    SplitLimits limits,
    PageSink sink
  ) {
    int number = index + 1;
    BufferedImage image;
    List<Word> words;
    try {
      var page = document.getPage(index);
      var scan = ScannedPage.find(page);
      if (scan.isPresent()) {
        limits.checkPixels(number, scan.get().width(), scan.get().height());
        image = scan.get().image();
      } else {
        image = draw(renderer, page, index, limits);
      }
      words = scan.isPresent() ? List.of() : TextLayer.words(document, index, image);
    } catch (UploadRejected tooLarge) {
      throw tooLarge;
    } catch (IOException | RuntimeException e) {
      throw corrupt("page " + number, e); // PDFBox throws whatever a broken page makes it trip over.
    }
    sink.accept(number, Png.encode(image), words);
  }

  private static BufferedImage draw(
    PDFRenderer renderer,
    PDPage page,
    int index,
    SplitLimits limits
  ) throws IOException {
    double scale = limits.renderDpi() / POINTS_PER_INCH;
    var box = page.getCropBox();
    limits.checkPixels(
      index + 1,
      Math.round(box.getWidth() * scale),
      Math.round(box.getHeight() * scale)
    );
    return renderer.renderImage(index, (float) scale, ImageType.RGB);
  }

  private static UploadRejected corrupt(String where, Exception e) {
    var detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UploadRejected.Corrupt("PDF", where + ": " + detail, e);
  }

  /** Images are the bulk of a scan and used once: keeping them would make memory grow by the page. */
  private static final class FontsOnly extends DefaultResourceCache {

    @Override
    public void put(COSObject indirect, PDXObject xobject) {
      // Not kept.
    }
  }
}
