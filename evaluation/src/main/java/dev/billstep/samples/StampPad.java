package dev.billstep.samples;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ink over a page: what is under it can still be seen. */
record StampPad(BufferedImage page, RandomGenerator random) {
  private static final String FONT = "/liberation/LiberationSans-Bold.ttf";
  private static final float THROUGH = 0.55f;

  /** Of the page's width. */
  private static final double RADIUS = 0.085;

  private static final List<Color> INKS = List.of(
    new Color(70, 40, 150),
    new Color(20, 60, 160),
    new Color(170, 30, 60)
  );

  /** A round stamp, never quite upright. */
  void stamp(String middle, String below) {
    var graphics = ink();
    double radius = RADIUS * page.getWidth();
    graphics.translate(
      random.nextDouble(0.15, 0.85) * page.getWidth(),
      random.nextDouble(0.1, 0.9) * page.getHeight()
    );
    graphics.rotate(random.nextDouble(-0.5, 0.5));
    graphics.setStroke(new BasicStroke((float) (radius / 25)));
    for (double ring : new double[] { radius, 0.9 * radius }) {
      graphics.draw(new Ellipse2D.Double(-ring, -ring, 2 * ring, 2 * ring));
    }
    write(graphics, middle, 0.3 * radius, 0);
    write(graphics, below, 0.14 * radius, 0.35 * radius);
    graphics.dispose();
  }

  private static void write(Graphics2D graphics, String text, double size, double y) {
    graphics.setFont(font().deriveFont((float) size));
    int width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, -width / 2f, (float) y);
  }

  /** Loops from the left to the right. */
  void sign() {
    var graphics = ink();
    double width = 0.18 * page.getWidth();
    double height = 0.03 * page.getHeight();
    graphics.translate(
      random.nextDouble(0.5, 0.75) * page.getWidth(),
      random.nextDouble(0.55, 0.9) * page.getHeight()
    );
    var line = new Path2D.Double();
    line.moveTo(0, 0);
    for (int loop = 1; loop <= 6; loop++) {
      line.curveTo(
        ((loop - 0.8) * width) / 6,
        -height * random.nextDouble(0.5, 1.5),
        ((loop - 0.1) * width) / 6,
        height * random.nextDouble(0.5, 1.5),
        (loop * width) / 6,
        height * random.nextDouble(-0.3, 0.3)
      );
    }
    graphics.setStroke(new BasicStroke((float) (height / 12)));
    graphics.draw(line);
    graphics.dispose();
  }

  private Graphics2D ink() {
    var graphics = page.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, THROUGH));
    graphics.setColor(INKS.get(random.nextInt(INKS.size())));
    return graphics;
  }

  private static Font font() {
    try (var ttf = StampPad.class.getResourceAsStream(FONT)) {
      return Font.createFont(Font.TRUETYPE_FONT, ttf);
    } catch (FontFormatException e) {
      throw new IllegalStateException(FONT + " is no font", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
