package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A page's image for whoever takes no more of it than so many pixels and bytes.
 *
 * @param longEdge in pixels; a smaller image stays as large as it is
 * @param mostBytes that are taken
 */
public record Picture(int longEdge, int mostBytes) {
  private static final float[] QUALITIES = { 0.9f, 0.75f, 0.6f };
  private static final double SMALLER = 0.8;

  /**
   * As JPEG, as good as it can be.
   *
   * @throws IOException when the image can't be decoded, or not be encoded
   */
  public byte[] jpeg(PageImage page) throws IOException {
    return PixelTurns.take(() -> {
      var image = decoded(page);
      double scale = scale(image);
      return jpeg(scale >= 1 ? image : shrunk(image, scale));
    });
  }

  /**
   * As PNG: byte for byte, where it is small enough.
   *
   * @throws IOException when the image can't be decoded, or not be encoded
   */
  public byte[] png(PageImage page) throws IOException {
    return PixelTurns.take(() -> {
      var image = decoded(page);
      double scale = scale(image);
      if (scale >= 1 && page.bytes().length <= mostBytes) {
        return page.bytes();
      }
      return png(scale >= 1 ? image : shrunk(image, scale));
    });
  }

  private static BufferedImage decoded(PageImage page) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(page.bytes()));
    if (image == null) {
      throw new IIOException("what is stored is no image");
    }
    return image;
  }

  private double scale(BufferedImage image) {
    return (double) longEdge / Math.max(image.getWidth(), image.getHeight());
  }

  private static BufferedImage shrunk(BufferedImage image, double scale) {
    return AreaMean.of(image, shorter(image.getWidth(), scale), shorter(image.getHeight(), scale));
  }

  private static int shorter(int edge, double scale) {
    return Math.max(1, (int) Math.round(edge * scale));
  }

  /** Smaller, where it is more than a provider takes. */
  private byte[] png(BufferedImage image) throws IOException {
    var png = encoded(image, "png", Optional.empty());
    return png.length <= mostBytes ? png : png(shrunk(image, SMALLER));
  }

  /** As good as it can be within what a provider takes. */
  private byte[] jpeg(BufferedImage image) throws IOException {
    byte[] jpeg = new byte[0];
    for (float quality : QUALITIES) {
      jpeg = encoded(image, "jpeg", Optional.of(quality));
      if (jpeg.length <= mostBytes) {
        return jpeg;
      }
    }
    return jpeg(shrunk(image, SMALLER));
  }

  private static byte[] encoded(BufferedImage image, String format, Optional<Float> quality)
    throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName(format).next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      var parameters = writer.getDefaultWriteParam();
      quality.ifPresent(share -> {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(share);
      });
      // JPEG takes neither transparency nor 16 bits a colour.
      boolean isTaken = writer.getOriginatingProvider().canEncodeImage(image);
      writer.write(
        null,
        new IIOImage(
          isTaken ? image : PageColors.onWhite(image, BufferedImage.TYPE_INT_RGB),
          null,
          null
        ),
        parameters
      );
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
