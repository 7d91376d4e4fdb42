package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/**
 * Splits an image file: one page for each image in it, turned as the camera says. A PNG that any
 * reader takes is kept byte for byte; anything else is re-encoded without loss, in 8 bits a channel.
 */
final class ImageSplitter implements BudgetedSplitter {

  /** Bits of a pixel, from which on a decoder may take a multiple of what its size tells. */
  private static final int MOST_BITS = 64;

  private final ImageFormat format;

  ImageSplitter(ImageFormat format) {
    this.format = format;
  }

  @Override
  public void split(Path file, SplitLimits limits, Budget budget, PageSink sink)
    throws IOException {
    var reader = format.reader();
    try (var in = new BudgetedInput(file.toFile(), budget)) {
      reader.setInput(in);
      int pageCount = pageCount(reader);
      if (pageCount > limits.maxPages()) {
        throw new UploadRejected.TooManyPages(pageCount, limits.maxPages());
      }
      new PageByPage(budget, sink).addAll(pageCount, number -> page(reader, number, file, limits));
    } finally {
      reader.dispose();
    }
  }

  private int pageCount(ImageReader reader) {
    try {
      int pageCount = reader.getNumImages(true);
      if (pageCount < 1) {
        throw new UploadRejected.NoPages();
      }
      return pageCount;
    } catch (UploadRejected noPages) {
      throw noPages;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new UploadRejected.Corrupt(format.title(), e);
    } catch (OutOfMemoryError e) {
      throw new UploadRejected.TooMuchMemory(e);
    }
  }

  /** The size is checked from the header, before any pixel is decoded. */
  private SplitPage.Drawn page(ImageReader reader, int number, Path file, SplitLimits limits)
    throws IOException {
    int index = number - 1;
    long width = reader.getWidth(index);
    long height = reader.getHeight(index);
    limits.checkPixels(number, width, height);
    checkBits(reader, number, width * height, limits);
    Set<Omission> omissions = EnumSet.noneOf(Omission.class);
    reader.addIIOReadWarningListener((source, warning) -> {
      if (warning.contains("end")) {
        omissions.add(Omission.END);
      }
    });
    var read = reader.read(index);
    reader.removeAllIIOReadWarningListeners();
    var orientation = Orientation.of(reader, index, format);
    boolean isKept =
      format == ImageFormat.PNG && orientation == Orientation.NORMAL && PageColors.areOf(read);
    var bitmap = isKept
      ? new PageBitmap.Kept(Files.readAllBytes(file), read)
      : new PageBitmap.Image(PageColors.in8Bits(orientation.upright(read)));
    return new SplitPage.Drawn(number, bitmap, List.of(), omissions);
  }

  private static void checkBits(ImageReader reader, int number, long pixels, SplitLimits limits)
    throws IOException {
    var type = reader.getRawImageType(number - 1);
    if (type == null) {
      return; // A JPEG in ink colours, which has no such type in Java: 32 bits.
    }
    int bits = type.getColorModel().getPixelSize();
    if (bits > MOST_BITS) {
      throw new PageUndrawable.UnknownFormat(number, null);
    }
    if ((pixels * bits) / Byte.SIZE > limits.maxDecodedBytes()) {
      throw new PageUndrawable.TooMuchMemory(number, null);
    }
  }

  /** A decoder that runs in circles reads the same again and again. */
  private static final class BudgetedInput extends FileImageInputStream {

    private final Budget budget;

    BudgetedInput(File file, Budget budget) throws IOException {
      super(file);
      this.budget = budget;
    }

    @Override
    public int read() throws IOException {
      budget.spend(1);
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      budget.spend(1);
      return super.read(bytes, offset, length);
    }

    @Override
    public void seek(long position) throws IOException {
      budget.spend(1);
      super.seek(position);
    }
  }
}
