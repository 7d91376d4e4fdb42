package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.DefaultResourceCache;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;

/**
 * Splits a PDF. A page that is one scanned image is taken out at the scan's own resolution; any
 * other page is drawn. The text that a page carries goes with it.
 */
final class PdfSplitter implements BudgetedSplitter {

  private static final double POINTS_PER_INCH = 72;

  @Override
  public void split(Path file, SplitLimits limits, Budget budget, PageSink sink)
    throws IOException {
    ImageFormat.load();
    PageFonts.use();
    try (var document = load(file)) {
      document.setResourceCache(new FontsOnly());
      int pageCount = pageCount(document);
      if (pageCount > limits.maxPages()) {
        throw new UploadRejected.TooManyPages(pageCount, limits.maxPages());
      }
      if (pageCount == 0) {
        throw new UploadRejected.NoPages();
      }
      var streams = new EncodedStreams(limits, budget);
      var images = new PageImages(limits, streams);
      var drawing = new Drawing(
        document,
        limits,
        budget,
        streams,
        images,
        new PageRenderer(document, images, new Gradients(streams), budget)
      );
      new PageByPage(budget, sink).addAll(pageCount, number -> drawing.page(number - 1));
    }
  }

  private static PDDocument load(Path file) {
    try {
      // What is unpacked goes beside the upload, and away with it.
      var scratch = MemoryUsageSetting.setupTempFileOnly().setTempDir(
        file.resolveSibling("").toAbsolutePath().toFile()
      );
      return Loader.loadPDF(file.toFile(), scratch.streamCache);
    } catch (InvalidPasswordException e) {
      throw new UploadRejected.Encrypted(e);
    } catch (IOException | RuntimeException e) {
      DiskFull.throwIfSo(e);
      throw isProtected(e) ? new UploadRejected.Encrypted(e) : new UploadRejected.Corrupt("PDF", e);
    } catch (StackOverflowError e) {
      throw new UploadRejected.Corrupt("PDF", e);
    } catch (OutOfMemoryError e) {
      throw new UploadRejected.TooMuchMemory(e);
    } catch (LinkageError e) {
      // Protection by a certificate needs BouncyCastle, and the certificate's key.
      throw isProtected(e) ? new UploadRejected.Encrypted(e) : new UploadRejected.Corrupt("PDF", e);
    }
  }

  private static boolean isProtected(Throwable e) {
    var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("bouncycastle") || message.contains("security handler");
  }

  private static int pageCount(PDDocument document) {
    try {
      return document.getNumberOfPages();
    } catch (RuntimeException | StackOverflowError e) {
      throw new UploadRejected.Corrupt("PDF", e);
    }
  }

  /** A document that is drawn page by page. */
  private record Drawing(
    PDDocument document,
    SplitLimits limits,
    Budget budget,
    EncodedStreams streams,
    PageImages images,
    PageRenderer renderer
  ) {
    SplitPage.Drawn page(int index) throws IOException {
      int number = index + 1;
      var page = document.getPage(index);
      streams.check(number, page);
      var omissions = EnumSet.noneOf(Omission.class);
      if (streams.isBroken(page)) {
        omissions.add(Omission.CONTENT);
      }
      var scan = ScannedPage.find(page, number, streams, images, limits, budget);
      if (scan.isPresent()) {
        omissions.addAll(scan.get().omissions());
        return new SplitPage.Drawn(number, scan.get().bitmap(), List.of(), omissions);
      }
      streams.forgetScans();
      var image = draw(page, index, omissions);
      var words = words(index, image);
      return new SplitPage.Drawn(number, new PageBitmap.Image(image), words, omissions);
    }

    private BufferedImage draw(PDPage page, int index, Set<Omission> omissions) throws IOException {
      double scale = limits.renderDpi() / POINTS_PER_INCH;
      var box = page.getCropBox();
      limits.checkPixels(
        index + 1,
        (long) Math.floor(box.getWidth() * scale),
        (long) Math.floor(box.getHeight() * scale)
      );
      return renderer.draw(index, (float) scale, omissions);
    }

    /** A text layer that can't be read is none: the image shows the same. */
    private List<Word> words(int index, BufferedImage image) {
      try {
        return TextLayer.words(document, index, image, budget);
      } catch (UploadRejected overBudget) {
        throw overBudget;
      } catch (IOException | RuntimeException | StackOverflowError unreadable) {
        DiskFull.throwIfSo(unreadable);
        return List.of();
      }
    }
  }

  /** Images are the bulk of a scan and used once: keeping them would make memory grow by the page. */
  private static final class FontsOnly extends DefaultResourceCache {

    @Override
    public void put(COSObject indirect, PDXObject xobject) {
      // Not kept.
    }
  }
}
