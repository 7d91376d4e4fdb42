package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.util.List;

/** A page's pixels, before they are a PNG: that is made when it is asked for, on whatever thread. */
sealed interface PageBitmap permits PageBitmap.Kept, PageBitmap.Image, Samples, DeflatedScan {
  int width();

  int height();

  /** How many bytes of memory the pixels take. */
  long bytes();

  /** The PNG and pictures of it, made anew each time; the same pixels give the same bytes. */
  EncodedPage encoded(List<Picture> wanted);

  /** A file that is a PNG already, and what it shows. */
  @SuppressWarnings("ArrayRecordComponent") // Neither compared nor printed.
  record Kept(byte[] png, BufferedImage image) implements PageBitmap {
    @Override
    public int width() {
      return image.getWidth();
    }

    @Override
    public int height() {
      return image.getHeight();
    }

    @Override
    public long bytes() {
      return png.length + Image.bytes(image);
    }

    @Override
    public EncodedPage encoded(List<Picture> wanted) {
      return EncodedPage.of(png, image, wanted);
    }
  }

  /** What was drawn, or decoded by ImageIO. */
  record Image(BufferedImage image) implements PageBitmap {
    private static final int RGB = 4;

    @Override
    public int width() {
      return image.getWidth();
    }

    @Override
    public int height() {
      return image.getHeight();
    }

    @Override
    public long bytes() {
      return bytes(image);
    }

    private static long bytes(BufferedImage image) {
      return (long) image.getWidth() * image.getHeight() * RGB;
    }

    @Override
    public EncodedPage encoded(List<Picture> wanted) {
      return Samples.of(image).encoded(wanted);
    }
  }
}
