package dev.billstep.chat;

import dev.billstep.page.PageImage;
import dev.billstep.settings.SentImage;
import dev.langchain4j.data.message.ImageContent;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A page's image as it is sent: no larger than a model looks at. */
final class SentPage {

  private SentPage() {}

  static ImageContent of(PageImage page, SentImage wanted) {
    try {
      boolean isPng = wanted.format() == SentImage.Format.PNG;
      var image = ImageIO.read(new ByteArrayInputStream(page.png()));
      double scale = (double) wanted.longEdge() / Math.max(image.getWidth(), image.getHeight());
      var bytes =
        isPng && scale >= 1
          ? page.png()
          : encoded(scale >= 1 ? image : shrunk(image, scale), isPng ? "png" : "jpeg");
      return ImageContent.from(
        Base64.getEncoder().encodeToString(bytes),
        isPng ? "image/png" : "image/jpeg"
      );
    } catch (IOException e) {
      throw new UncheckedIOException(e); // An image of our own making.
    }
  }

  private static BufferedImage shrunk(BufferedImage image, double scale) {
    return drawn(
      image,
      Math.max(1, (int) Math.round(image.getWidth() * scale)),
      Math.max(1, (int) Math.round(image.getHeight() * scale))
    );
  }

  /** On white: JPEG knows no transparency. */
  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    var target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = target.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
      RenderingHints.KEY_INTERPOLATION,
      RenderingHints.VALUE_INTERPOLATION_BICUBIC
    );
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return target;
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    var opaque = image.getColorModel().hasAlpha()
      ? drawn(image, image.getWidth(), image.getHeight())
      : image;
    var bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(opaque, format, bytes)) {
      ImageIO.write(drawn(opaque, opaque.getWidth(), opaque.getHeight()), format, bytes);
    }
    return bytes.toByteArray();
  }
}
