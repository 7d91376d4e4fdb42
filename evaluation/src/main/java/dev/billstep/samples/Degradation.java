package dev.billstep.samples;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** What scanners, phones and pockets do to a page. */
public enum Degradation {
  /** Nothing: a scan as it should be. */
  STRAIGHT {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      return page;
    }
  },

  /** Laid on the glass a little askew. */
  SKEW {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      double degrees = random.nextDouble(0.5, 2.5) * (random.nextBoolean() ? 1 : -1);
      return turned(page, Math.toRadians(degrees), page.getWidth(), page.getHeight());
    }
  },

  /** Fed upside down. */
  UPSIDE_DOWN {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      return turned(page, Math.PI, page.getWidth(), page.getHeight());
    }
  },

  /** Photographed from the side. */
  SIDEWAYS {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      int widthAfter = page.getHeight();
      int heightAfter = page.getWidth();
      double quarter = random.nextBoolean() ? Math.PI / 2 : -Math.PI / 2;
      return turned(page, quarter, widthAfter, heightAfter);
    }
  },

  /** A grainy sensor. */
  NOISE {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      for (int y = 0; y < page.getHeight(); y++) {
        for (int x = 0; x < page.getWidth(); x++) {
          int grey = page.getRGB(x, y) & 0xFF;
          int noisy = (int) Math.clamp(grey + random.nextGaussian() * 22, 0, 255);
          page.setRGB(x, y, new Color(noisy, noisy, noisy).getRGB());
        }
      }
      return page;
    }
  },

  /** Not quite in focus. */
  BLUR {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      var weights = new float[9];
      Arrays.fill(weights, 1 / 9f);
      var target = blank(page.getWidth(), page.getHeight());
      new ConvolveOp(new Kernel(3, 3, weights), ConvolveOp.EDGE_NO_OP, null).filter(page, target);
      return target;
    }
  },

  /** Sent by a messenger. */
  JPEG {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
      var bytes = new ByteArrayOutputStream();
      try (var out = ImageIO.createImageOutputStream(bytes)) {
        var parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.3f);
        writer.setOutput(out);
        writer.write(null, new IIOImage(page, null, null), parameters);
        out.flush();
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        writer.dispose();
      }
    }
  },

  /** Scanned coarsely: 150 dpi instead of 200. */
  COARSE {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      return smaller(page, 3, 4);
    }
  },

  /** Sent as a thumbnail: half of 200 dpi. */
  TINY {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      return smaller(page, 1, 2);
    }
  },

  /** Cut by whoever took the picture: a margin is gone. */
  CROPPED {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      int x = (int) (page.getWidth() * random.nextDouble(0.005, 0.02));
      int y = (int) (page.getHeight() * random.nextDouble(0.005, 0.015));
      var target = blank(page.getWidth() - 2 * x, page.getHeight() - 2 * y);
      var graphics = target.createGraphics();
      graphics.drawImage(page, -x, -y, null);
      graphics.dispose();
      return target;
    }
  },

  /** On grey paper, faintly. */
  GREY {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      for (int y = 0; y < page.getHeight(); y++) {
        for (int x = 0; x < page.getWidth(); x++) {
          int rgb = page.getRGB(x, y);
          int light = (((rgb >> 16) & 0xFF) * 3 + ((rgb >> 8) & 0xFF) * 6 + (rgb & 0xFF)) / 10;
          int faint = 70 + (light * 125) / 255;
          page.setRGB(x, y, new Color(faint, faint, faint).getRGB());
        }
      }
      return page;
    }
  },

  /** A hand or lamp above it. */
  SHADOW {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      var graphics = page.createGraphics();
      graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.4f));
      graphics.setPaint(
        new GradientPaint(
          0,
          0,
          Color.BLACK,
          page.getWidth() * random.nextFloat(0.4f, 0.9f),
          page.getHeight() * random.nextFloat(0.1f, 0.6f),
          new Color(255, 255, 255, 0)
        )
      );
      graphics.fillRect(0, 0, page.getWidth(), page.getHeight());
      graphics.dispose();
      return page;
    }
  },

  /** Out of a pocket. */
  FOLD {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      var graphics = page.createGraphics();
      graphics.setColor(new Color(120, 120, 120, 110));
      int y = page.getHeight() / 2 + random.nextInt(-40, 40);
      graphics.fillRect(0, y, page.getWidth(), 3);
      graphics.setColor(new Color(90, 90, 90, 40));
      graphics.fillRect(0, y + 3, page.getWidth(), 30);
      int x = page.getWidth() / 2 + random.nextInt(-40, 40);
      graphics.fillRect(x, 0, 3, page.getHeight());
      graphics.dispose();
      return page;
    }
  },

  /** Stamped twice by whoever received and paid it, and signed, wherever there was ink or room. */
  STAMPED {
    @Override
    BufferedImage apply(BufferedImage page, RandomGenerator random) {
      var pen = new StampPad(page, random);
      pen.stamp("RECEIVED", "STORES DEPARTMENT");
      pen.stamp("PAID", "ACCOUNTS SECTION");
      pen.sign();
      return page;
    }
  };

  /**
   * A page's image after it has happened; the same image and seed give the same.
   *
   * @param png the page
   */
  public byte[] worn(byte[] png, long seed) {
    try {
      var read = ImageIO.read(new ByteArrayInputStream(png));
      var page = blank(read.getWidth(), read.getHeight());
      var graphics = page.createGraphics();
      graphics.drawImage(read, 0, 0, null);
      graphics.dispose();
      var bytes = new ByteArrayOutputStream();
      ImageIO.write(apply(page, new Random(seed)), "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  abstract BufferedImage apply(BufferedImage page, RandomGenerator random);

  private static BufferedImage turned(BufferedImage page, double radians, int width, int height) {
    var target = blank(width, height);
    var graphics = smooth(target);
    graphics.translate(width / 2.0, height / 2.0);
    graphics.rotate(radians);
    graphics.translate(-page.getWidth() / 2.0, -page.getHeight() / 2.0);
    graphics.drawImage(page, 0, 0, null);
    graphics.dispose();
    return target;
  }

  private static BufferedImage smaller(BufferedImage page, int share, int of) {
    int width = (page.getWidth() * share) / of;
    int height = (page.getHeight() * share) / of;
    var target = blank(width, height);
    var graphics = smooth(target);
    graphics.setRenderingHint(
      RenderingHints.KEY_INTERPOLATION,
      RenderingHints.VALUE_INTERPOLATION_BILINEAR
    );
    graphics.drawImage(
      page.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING),
      0,
      0,
      null
    );
    graphics.dispose();
    return target;
  }

  private static Graphics2D smooth(BufferedImage target) {
    var graphics = target.createGraphics();
    graphics.setRenderingHint(
      RenderingHints.KEY_INTERPOLATION,
      RenderingHints.VALUE_INTERPOLATION_BICUBIC
    );
    return graphics;
  }

  private static BufferedImage blank(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }
}
