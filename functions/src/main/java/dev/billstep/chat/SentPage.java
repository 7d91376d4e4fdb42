package dev.billstep.chat;

import dev.billstep.page.PageImage;
import dev.billstep.reading.PageUnsendable;
import dev.billstep.settings.SentImage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import java.awt.Color;
import java.awt.image.AreaAveragingScaleFilter;
import java.awt.image.BufferedImage;
import java.awt.image.FilteredImageSource;
import java.awt.image.PixelGrabber;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A page's image as it is sent: no larger than a model looks at. */
final class SentPage {

  /** Of 5 MB, which Anthropic and Bedrock take of an image in base64. */
  private static final int MOST_BYTES = 3_500_000;

  private static final float[] QUALITIES = { 0.9f, 0.75f, 0.6f };
  private static final double SMALLER = 0.8;

  private SentPage() {}

  /**
   * A page's image, encoded.
   *
   * @throws PageUnsendable when it can't be decoded, or nothing comes of encoding it
   */
  static ImageContent of(PageImage page, SentImage wanted, DetailLevel detail) {
    try {
      var bytes = sent(page, wanted);
      if (bytes.length == 0) {
        throw new IIOException("nothing came of encoding it");
      }
      return ImageContent.from(
        Base64.getEncoder().encodeToString(bytes),
        wanted.format() == SentImage.Format.PNG ? "image/png" : "image/jpeg",
        detail
      );
    } catch (IOException e) {
      throw new PageUnsendable(page.number(), String.valueOf(e.getMessage()));
    }
  }

  private static byte[] sent(PageImage page, SentImage wanted) throws IOException {
    boolean isPng = wanted.format() == SentImage.Format.PNG;
    var image = ImageIO.read(new ByteArrayInputStream(page.bytes()));
    if (image == null) {
      throw new IIOException("what is stored is no image");
    }
    double scale = (double) wanted.longEdge() / Math.max(image.getWidth(), image.getHeight());
    if (isPng && scale >= 1 && page.bytes().length <= MOST_BYTES) {
      return page.bytes();
    }
    var fitting = scale >= 1 ? image : shrunk(image, scale);
    return isPng ? png(fitting) : jpeg(fitting);
  }

  private static BufferedImage shrunk(BufferedImage image, double scale) throws IOException {
    return shrunk(image, shorter(image.getWidth(), scale), shorter(image.getHeight(), scale));
  }

  private static int shorter(int edge, double scale) {
    return Math.max(1, (int) Math.round(edge * scale));
  }

  /**
   * Each pixel is the mean of all those that it stands for: of fewer, thin strokes break. The JDK's
   * filter gives that mean; Thumbnailator, which halves, came within 27 to 55 dB of it, imgscalr 23.
   */
  private static BufferedImage shrunk(BufferedImage image, int width, int height)
    throws IOException {
    // The filter takes greys for linear ones, and would make them lighter.
    var colours = image.getColorModel();
    boolean isAsItLooks = colours.getColorSpace().isCS_sRGB() && !colours.hasAlpha();
    var rgb = isAsItLooks ? image : opaque(image);
    var pixels = new int[width * height];
    var means = new FilteredImageSource(
      rgb.getSource(),
      new AreaAveragingScaleFilter(width, height)
    );
    try {
      if (!new PixelGrabber(means, 0, 0, width, height, pixels, 0, width).grabPixels()) {
        throw new IIOException("A page could not be made smaller.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("A page was being made smaller.");
    }
    var target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    target.setRGB(0, 0, width, height, pixels, 0, width);
    return target;
  }

  /** On white: JPEG knows no transparency. */
  private static BufferedImage opaque(BufferedImage image) {
    var target = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    var graphics = target.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return target;
  }

  /** Smaller, where it is more than a provider takes. */
  private static byte[] png(BufferedImage image) throws IOException {
    var png = encoded(image, "png", Optional.empty());
    return png.length <= MOST_BYTES ? png : png(shrunk(image, SMALLER));
  }

  /** As good as it can be within what a provider takes. */
  private static byte[] jpeg(BufferedImage image) throws IOException {
    byte[] jpeg = new byte[0];
    for (float quality : QUALITIES) {
      jpeg = encoded(image, "jpeg", Optional.of(quality));
      if (jpeg.length <= MOST_BYTES) {
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
      writer.write(null, new IIOImage(isTaken ? image : opaque(image), null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
