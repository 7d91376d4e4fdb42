package dev.billstep.page;

import com.fasterxml.jackson.annotation.JsonProperty;
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
public record Picture(Format format, int longEdge, int mostBytes) {
  private static final float[] QUALITIES = { 0.9f, 0.75f, 0.6f };
  private static final double SMALLER = 0.8;

  /** Of a pixel in colours. */
  private static final int RGB = 3;

  /**
   * Of a page's image, as good as it can be. A PNG of one that is small enough is the image itself.
   *
   * @throws IOException when the image can't be decoded, or not be encoded
   */
  public byte[] of(PageImage page) throws IOException {
    return PixelTurns.take(() -> of(decoded(page), page.bytes()));
  }

  /**
   * The same, byte for byte, of an image whose pixels are at hand.
   *
   * @param png the image as the page has it
   * @throws IOException when it can't be encoded
   */
  byte[] of(BufferedImage image, byte[] png) throws IOException {
    double scale = scale(image.getWidth(), image.getHeight());
    var fitted = scale >= 1 ? image : shrunk(image, scale);
    return switch (format) {
      case JPEG -> jpeg(fitted);
      case PNG -> scale >= 1 && png.length <= mostBytes ? png : png(fitted);
    };
  }

  /** How many bytes of memory its pixels take at most, of an image so large. */
  long bytes(int width, int height) {
    double scale = Math.min(1, scale(width, height));
    return (long) RGB * shorter(width, scale) * shorter(height, scale);
  }

  private static BufferedImage decoded(PageImage page) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(page.bytes()));
    if (image == null) {
      throw new IIOException("what is stored is no image");
    }
    return image;
  }

  private double scale(int width, int height) {
    return (double) longEdge / Math.max(width, height);
  }

  private static BufferedImage shrunk(BufferedImage image, double scale) {
    return AreaMean.of(image, shorter(image.getWidth(), scale), shorter(image.getHeight(), scale));
  }

  private static int shorter(int edge, double scale) {
    return Math.max(1, (int) Math.round(edge * scale));
  }

  /** Smaller, where it is more than a provider takes. */
  private byte[] png(BufferedImage image) throws IOException {
    var png = encoded(image, Optional.empty());
    return png.length <= mostBytes ? png : png(shrunk(image, SMALLER));
  }

  /** As good as it can be within what a provider takes. */
  private byte[] jpeg(BufferedImage image) throws IOException {
    byte[] jpeg = new byte[0];
    for (float quality : QUALITIES) {
      jpeg = encoded(image, Optional.of(quality));
      if (jpeg.length <= mostBytes) {
        return jpeg;
      }
    }
    return jpeg(shrunk(image, SMALLER));
  }

  private byte[] encoded(BufferedImage image, Optional<Float> quality) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByMIMEType(format.mediaType()).next();
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
    if (bytes.size() == 0) {
      throw new IIOException("nothing came of encoding it");
    }
    return bytes.toByteArray();
  }

  /** How it is encoded. */
  public enum Format {
    @JsonProperty("jpeg")
    JPEG("image/jpeg", "jpg"),

    @JsonProperty("png")
    PNG("image/png", "png");

    private final String mediaType;
    private final String suffix;

    Format(String mediaType, String suffix) {
      this.mediaType = mediaType;
      this.suffix = suffix;
    }

    public String mediaType() {
      return mediaType;
    }

    /** Of a file's name, without its dot. */
    public String suffix() {
      return suffix;
    }
  }
}
