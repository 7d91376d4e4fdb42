package dev.billstep.offline;

import com.benjaminwan.ocrlibrary.OcrResult;
import com.benjaminwan.ocrlibrary.Point;
import com.benjaminwan.ocrlibrary.TextBlock;
import dev.billstep.page.Word;
import io.github.mymonstercat.Model;
import io.github.mymonstercat.ocr.InferenceEngine;
import io.github.mymonstercat.ocr.config.HardwareConfig;
import io.github.mymonstercat.ocr.config.ParamConfig;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.ToIntFunction;
import javax.imageio.ImageIO;

/** PP-OCR v4 on the JVM: finds the pieces of text on an image and reads them. */
public final class PpOcr {

  /** In pixels, around the page: text at its very edge is found, too. */
  private static final int PADDING = 50;

  /**
   * In pixels; 0 looks for text on the page at its own size. Of 40 pages at 200 dpi, 1,280 took 1.5 s
   * a page instead of 2.5, and missed small print.
   */
  private static final int LONGEST_SIDE = 0;

  private static final float BOX_SCORE_THRESHOLD = 0.5f;
  private static final float PIXEL_THRESHOLD = 0.3f;
  private static final float UNCLIP_RATIO = 1.6f;

  private static final int NO_GPU = -1;

  /**
   * The native engine is one a process and uses every core by itself, so pages take turns.
   *
   */
  public synchronized OcrText read(byte[] png) {
    var upright = upright(png);
    var skew = Skew.of(upright.blocks());
    return new OcrText(
      upright.blocks().stream().map(skew::level).toList(),
      upright.blocks().stream().map(upright::onImage).toList()
    );
  }

  /** Text of the page as it lies, or of the page turned, where it is read with more certainty so. */
  private static Seen upright(byte[] png) {
    var asItLies = Seen.on(png, QuarterTurns.NONE);
    if (!asItLies.isDoubtful()) {
      return asItLies;
    }
    var turns = asItLies.isSideways()
      ? List.of(QuarterTurns.ONE, QuarterTurns.THREE)
      : List.of(QuarterTurns.TWO);
    var best = asItLies;
    for (var turn : turns) {
      var turned = Seen.on(png, turn);
      if (turned.certainty() > best.certainty()) {
        best = turned;
      }
      if (!best.isDoubtful()) {
        break;
      }
    }
    return best;
  }

  /** What is seen on an image that was turned, and how sure of it the engine is. */
  private record Seen(List<TextBlock> blocks, Turned image) {
    /** Characters that must be there to say how the page lies. */
    private static final int ENOUGH = 25;

    /** Of a page that is upright, however worn, the engine is surer than that. */
    private static final double SURE = 0.85;

    static Seen on(byte[] png, QuarterTurns turn) {
      var image = turn.of(png);
      var found = recognize(image.png).getTextBlocks();
      return new Seen(found.stream().filter(PpOcr::isText).toList(), image);
    }

    /** A piece of text where it stands on the page as it lies. */
    Word onImage(TextBlock block) {
      var corners = block.getBoxPoint().stream().map(image::back).toList();
      var across = corners.stream().mapToDouble(Point2D::getX).summaryStatistics();
      var down = corners.stream().mapToDouble(Point2D::getY).summaryStatistics();
      return new Word(
        block.getText().strip(),
        across.getMin(),
        down.getMin(),
        across.getMax() - across.getMin(),
        down.getMax() - down.getMin()
      );
    }

    boolean isDoubtful() {
      long characters = blocks
        .stream()
        .mapToLong(block -> block.getText().length())
        .sum();
      return characters >= ENOUGH && (isSideways() || certainty() < SURE);
    }

    /** Lines of text stand upright where the page lies on its side. */
    boolean isSideways() {
      long tall = blocks
        .stream()
        .filter(block -> height(block) > width(block))
        .count();
      return tall * 2 > blocks.size();
    }

    /** The mean over all characters, from 0 to 1; nothing where letters stand on their side. */
    double certainty() {
      double sum = 0;
      int count = 0;
      for (var block : blocks) {
        for (float score : block.getCharScores()) {
          sum += score;
          count++;
        }
      }
      return count == 0 || isSideways() ? 0 : sum / count;
    }

    private static double width(TextBlock block) {
      return span(block, Point::getX);
    }

    private static double height(TextBlock block) {
      return span(block, Point::getY);
    }

    private static double span(TextBlock block, ToIntFunction<Point> coordinate) {
      var range = block.getBoxPoint().stream().mapToInt(coordinate).summaryStatistics();
      return (double) range.getMax() - range.getMin();
    }
  }

  /** How far a page is turned back, clockwise. */
  private enum QuarterTurns {
    NONE(0),
    ONE(1),
    TWO(2),
    THREE(3);

    private final int quarters;

    QuarterTurns(int quarters) {
      this.quarters = quarters;
    }

    Turned of(byte[] png) {
      if (this == NONE) {
        return new Turned(png, new AffineTransform());
      }
      try {
        var page = ImageIO.read(new ByteArrayInputStream(png));
        boolean isSwapped = quarters % 2 == 1;
        int widthAfter = isSwapped ? page.getHeight() : page.getWidth();
        int heightAfter = isSwapped ? page.getWidth() : page.getHeight();
        var turned = new BufferedImage(widthAfter, heightAfter, BufferedImage.TYPE_INT_RGB);
        var turn = AffineTransform.getTranslateInstance(widthAfter / 2.0, heightAfter / 2.0);
        turn.quadrantRotate(quarters);
        turn.translate(-page.getWidth() / 2.0, -page.getHeight() / 2.0);
        var graphics = turned.createGraphics();
        graphics.drawImage(page, turn, null);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(turned, "png", bytes);
        return new Turned(bytes.toByteArray(), turn);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An image that was turned. */
  private static final class Turned {

    private final byte[] png;

    /** From the page as it lies to this image. */
    private final AffineTransform turn;

    Turned(byte[] png, AffineTransform turn) {
      this.png = png;
      this.turn = turn;
    }

    Point2D back(Point point) {
      try {
        return turn.inverseTransform(new Point2D.Double(point.getX(), point.getY()), null);
      } catch (NoninvertibleTransformException e) {
        throw new IllegalStateException("a turn can be turned back", e);
      }
    }
  }

  private static boolean isText(TextBlock block) {
    return !block.getText().isBlank();
  }

  private static OcrResult recognize(byte[] png) {
    var parameters = new ParamConfig(
      PADDING,
      LONGEST_SIDE,
      BOX_SCORE_THRESHOLD,
      PIXEL_THRESHOLD,
      UNCLIP_RATIO,
      false,
      false
    );
    try {
      var file = Files.createTempFile("billstep-page", ".png"); // The engine reads files alone.
      try {
        Files.write(file, png);
        return Engine.INSTANCE.runOcr(file.toString(), parameters);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loaded when the first page needs it: a second or so. */
  private static final class Engine {

    static final InferenceEngine INSTANCE = InferenceEngine.getInstance(
      Model.ONNX_PPOCR_V4,
      new HardwareConfig(Runtime.getRuntime().availableProcessors(), NO_GPU)
    );
  }
}
