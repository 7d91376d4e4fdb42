package dev.billstep.page;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.w3c.dom.Element;

/** How a picture has to be turned and mirrored to be upright, as the camera noted it (Exif 2.32, 4.6.4). */
enum Orientation {
  NORMAL("Normal", 1, 0, 0, 1, false),
  FLIP_H("FlipH", -1, 0, 0, 1, false),
  ROTATE_180("Rotate180", -1, 0, 0, -1, false),
  FLIP_V("FlipV", 1, 0, 0, -1, false),
  FLIP_H_ROTATE_90("FlipHRotate90", 0, 1, 1, 0, true),
  ROTATE_270("Rotate270", 0, 1, -1, 0, true),
  FLIP_V_ROTATE_90("FlipVRotate90", 0, -1, -1, 0, true),
  ROTATE_90("Rotate90", 0, -1, 1, 0, true);

  /** As ImageIO's standard metadata calls it. */
  private final String name;

  private final int m00;
  private final int m10;
  private final int m01;
  private final int m11;
  private final boolean isLying;

  Orientation(String name, int m00, int m10, int m01, int m11, boolean isLying) {
    this.name = name;
    this.m00 = m00;
    this.m10 = m10;
    this.m01 = m01;
    this.m11 = m11;
    this.isLying = isLying;
  }

  /** Of an image in a file; normal where the file does not say, or says it in a broken way. */
  static Orientation of(ImageReader reader, int index, ImageFormat format) {
    try {
      var metadata = reader.getImageMetadata(index);
      var noted = Optional.ofNullable(metadata).flatMap(Orientation::noted).orElse(NORMAL);
      return format == ImageFormat.JPEG ? noted.asItsDecoderCallsIt() : noted;
    } catch (IOException | RuntimeException noneThatCanBeRead) {
      return NORMAL; // The picture itself was decoded: a reader turns what is not upright.
    }
  }

  /** TwelveMonkeys' JPEG reader has the names of 5 and 7 the other way round than its TIFF reader. */
  private Orientation asItsDecoderCallsIt() {
    return switch (this) {
      case FLIP_H_ROTATE_90 -> FLIP_V_ROTATE_90;
      case FLIP_V_ROTATE_90 -> FLIP_H_ROTATE_90;
      default -> this;
    };
  }

  private static Optional<Orientation> noted(IIOMetadata metadata) {
    if (!metadata.isStandardMetadataFormatSupported()) {
      return Optional.empty();
    }
    var tree = (Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
    var nodes = tree.getElementsByTagName("ImageOrientation");
    if (nodes.getLength() == 0) {
      return Optional.empty();
    }
    var name = ((Element) nodes.item(0)).getAttribute("value");
    return Arrays.stream(values())
      .filter(orientation -> orientation.name.equals(name))
      .findFirst();
  }

  /** The picture as it was meant to be seen. */
  BufferedImage upright(BufferedImage image) {
    if (this == NORMAL) {
      return image;
    }
    int width = isLying ? image.getHeight() : image.getWidth();
    int height = isLying ? image.getWidth() : image.getHeight();
    var turn = new AffineTransform();
    turn.translate(width / 2.0, height / 2.0);
    turn.concatenate(new AffineTransform(m00, m10, m01, m11, 0, 0));
    turn.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
    return turned(image, turn, width, height);
  }

  static BufferedImage turned(BufferedImage image, AffineTransform turn, int width, int height) {
    int type =
      image.getType() == BufferedImage.TYPE_BYTE_GRAY
        ? BufferedImage.TYPE_BYTE_GRAY
        : BufferedImage.TYPE_INT_RGB;
    var turned = new BufferedImage(width, height, type);
    var graphics = turned.createGraphics();
    graphics.drawRenderedImage(image, turn);
    graphics.dispose();
    return turned;
  }
}
