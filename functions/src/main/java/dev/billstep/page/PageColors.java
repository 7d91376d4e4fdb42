package dev.billstep.page;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/**
 * The colours that whoever reads a page can deal with: grey, RGB or a palette, in 8 bits a channel,
 * without transparency. An image of 16 bits a channel takes them many times its size in memory.
 */
final class PageColors {

  private static final int BITS = 8;

  private PageColors() {}

  /** Whether an image has such colours. */
  static boolean areOf(BufferedImage image) {
    var model = image.getColorModel();
    boolean isShallow = IntStream.of(model.getComponentSize()).allMatch(bits -> bits <= BITS);
    boolean isRgb = model.getColorSpace().getType() == ColorSpace.TYPE_RGB;
    return isShallow && !model.hasAlpha() && (isRgb || isGrey(image));
  }

  /** The image itself where it has such colours; on white where it is transparent. */
  static BufferedImage in8Bits(BufferedImage image) {
    if (areOf(image)) {
      return image;
    }
    return isGrey(image) && !image.getColorModel().hasAlpha()
      ? grey(image)
      : onWhite(image, BufferedImage.TYPE_INT_RGB);
  }

  private static boolean isGrey(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** Copies samples: drawing onto a grey image would change them by Java's linear grey profile. */
  static BufferedImage grey(BufferedImage image) {
    int width = image.getWidth();
    int tooDeep = Math.max(0, image.getColorModel().getComponentSize(0) - BITS);
    var grey = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        row[x] >>= tooDeep;
      }
      grey.getRaster().setSamples(0, y, width, 1, 0, row);
    }
    return grey;
  }

  /**
   * The image in another form, on white where it is transparent.
   *
   * @param type of {@link BufferedImage}
   */
  static BufferedImage onWhite(BufferedImage image, int type) {
    var target = new BufferedImage(image.getWidth(), image.getHeight(), type);
    var graphics = target.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return target;
  }
}
