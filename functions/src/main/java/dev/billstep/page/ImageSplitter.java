package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Splits an image file: one page for each image in it. A PNG is kept byte for byte; anything else is
 * re-encoded without loss.
 */
final class ImageSplitter implements DocumentSplitter {

  private final String format;

  /**
   * Makes a splitter for one format.
   *
   * @param format ImageIO's name of the file's format
   */
  ImageSplitter(String format) {
    this.format = format;
  }

  @Override
  public void split(Path file, SplitLimits limits, PageSink sink) throws IOException {
    var reader = ImageIO.getImageReadersByFormatName(format).next();
    try (var in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      int pageCount = pageCount(reader);
      if (pageCount > limits.maxPages()) {
        throw new UploadRejected.TooManyPages(pageCount, limits.maxPages());
      }
      for (int index = 0; index < pageCount; index++) {
        var image = decode(reader, index, limits);
        var png = format.equals("png") ? Files.readAllBytes(file) : Png.encode(image);
        sink.accept(index + 1, png, List.of());
      }
    } finally {
      reader.dispose();
    }
  }

  private int pageCount(ImageReader reader) {
    try {
      return reader.getNumImages(true);
    } catch (IOException | RuntimeException e) {
      throw corrupt(e);
    }
  }

  /** The size is checked from the header, before any pixel is decoded. */
  private BufferedImage decode(ImageReader reader, int index, SplitLimits limits) {
    try {
      limits.checkPixels(index + 1, reader.getWidth(index), reader.getHeight(index));
      return reader.read(index);
    } catch (UploadRejected tooLarge) {
      throw tooLarge;
    } catch (IOException | RuntimeException e) {
      throw corrupt(e); // ImageIO's readers throw whatever a broken file makes them trip over.
    }
  }

  private UploadRejected corrupt(Exception e) {
    var detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UploadRejected.Corrupt(format.toUpperCase(Locale.ROOT), detail, e);
  }
}
