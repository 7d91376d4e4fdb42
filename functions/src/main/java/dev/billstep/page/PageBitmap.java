package dev.billstep.page;

import java.awt.image.BufferedImage;

/** A page's pixels, before they are a PNG: that is made when it is asked for, on whatever thread. */
sealed interface PageBitmap permits PageBitmap.Kept, PageBitmap.Picture, Samples, DeflatedScan {
  /** How many bytes of memory the pixels take. */
  long bytes();

  /** The PNG, made anew each time; the same pixels give the same bytes. */
  byte[] png();

  /** A file that is a PNG already. */
  @SuppressWarnings("ArrayRecordComponent") // Neither compared nor printed.
  record Kept(byte[] png) implements PageBitmap {
    @Override
    public long bytes() {
      return png.length;
    }
  }

  /** What was drawn, or decoded by ImageIO. */
  record Picture(BufferedImage image) implements PageBitmap {
    private static final int RGB = 4;

    @Override
    public long bytes() {
      return (long) image.getWidth() * image.getHeight() * RGB;
    }

    @Override
    public byte[] png() {
      return Samples.of(image).png();
    }
  }
}
