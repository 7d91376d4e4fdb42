package dev.billstep.page;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/** A PDF page that shows nothing but one image, upright, over all of it: what a scanner makes. */
final class ScannedPage {

  /** Of a side of the page: scanners and converters round. */
  private static final double TOLERANCE = 0.02;

  private final PDImageXObject scan;
  private final int rotation;

  private ScannedPage(PDImageXObject scan, int rotation) {
    this.scan = scan;
    this.rotation = rotation;
  }

  static Optional<ScannedPage> find(PDPage page) throws IOException {
    var look = new Look(page);
    look.processPage(page);
    return look.onlyImage().map(scan -> new ScannedPage(scan, page.getRotation()));
  }

  int width() {
    return scan.getWidth();
  }

  int height() {
    return scan.getHeight();
  }

  /** The scan at its own resolution, turned as the page says; grey where the scan is grey. */
  BufferedImage image() throws IOException {
    var image = scan.getImage();
    return turned(scan.getColorSpace() instanceof PDDeviceGray ? grey(image) : image);
  }

  /** Copies samples: drawing onto a grey image would change them by Java's linear grey profile. */
  private static BufferedImage grey(BufferedImage image) {
    int width = image.getWidth();
    var grey = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, row);
      grey.getRaster().setSamples(0, y, width, 1, 0, row);
    }
    return grey;
  }

  private BufferedImage turned(BufferedImage image) {
    int quarters = Math.floorMod(rotation / 90, 4);
    if (quarters == 0) {
      return image;
    }
    boolean upright = quarters == 2;
    int width = upright ? image.getWidth() : image.getHeight();
    int height = upright ? image.getHeight() : image.getWidth();
    var turn = new AffineTransform();
    turn.translate(width / 2.0, height / 2.0);
    turn.quadrantRotate(quarters);
    turn.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
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

  /** Watches what a page paints. Text that is not shown (a scanner's own OCR) does not count. */
  private static final class Look extends PDFGraphicsStreamEngine {

    private final PDRectangle box;
    private @Nullable PDImageXObject image;
    private boolean somethingElse;

    Look(PDPage page) {
      super(page);
      this.box = page.getCropBox();
    }

    Optional<PDImageXObject> onlyImage() {
      return somethingElse ? Optional.empty() : Optional.ofNullable(image);
    }

    @Override
    public void drawImage(PDImage drawn) {
      var matrix = getGraphicsState().getCurrentTransformationMatrix();
      if (
        image == null && drawn instanceof PDImageXObject found && isPlain(found) && covers(matrix)
      ) {
        image = found;
      } else {
        somethingElse = true;
      }
    }

    private static boolean isPlain(PDImageXObject image) {
      var dictionary = image.getCOSObject();
      return (
        !image.isStencil() &&
        !dictionary.containsKey(COSName.SMASK) &&
        !dictionary.containsKey(COSName.MASK)
      );
    }

    private boolean covers(Matrix matrix) {
      double x = TOLERANCE * box.getWidth();
      double y = TOLERANCE * box.getHeight();
      return (
        matrix.getShearX() == 0 &&
        matrix.getShearY() == 0 &&
        Math.abs(matrix.getTranslateX() - box.getLowerLeftX()) <= x &&
        Math.abs(matrix.getTranslateY() - box.getLowerLeftY()) <= y &&
        Math.abs(matrix.getScaleX() - box.getWidth()) <= x &&
        Math.abs(matrix.getScaleY() - box.getHeight()) <= y
      );
    }

    @Override
    protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement) {
      if (getGraphicsState().getTextState().getRenderingMode() != RenderingMode.NEITHER) {
        somethingElse = true;
      }
    }

    @Override
    public void strokePath() {
      somethingElse = true;
    }

    @Override
    public void fillPath(int windingRule) {
      somethingElse = true;
    }

    @Override
    public void fillAndStrokePath(int windingRule) {
      somethingElse = true;
    }

    @Override
    public void shadingFill(COSName name) {
      somethingElse = true;
    }

    @Override
    public Point2D getCurrentPoint() {
      return new Point2D.Float();
    }

    @Override
    public void appendRectangle(Point2D p0, Point2D p1, Point2D p2, Point2D p3) {
      // A path counts once it is painted.
    }

    @Override
    public void clip(int windingRule) {
      // Clipping paints nothing.
    }

    @Override
    public void moveTo(float x, float y) {
      // A path counts once it is painted.
    }

    @Override
    public void lineTo(float x, float y) {
      // A path counts once it is painted.
    }

    @Override
    public void curveTo(float x1, float y1, float x2, float y2, float x3, float y3) {
      // A path counts once it is painted.
    }

    @Override
    public void closePath() {
      // A path counts once it is painted.
    }

    @Override
    public void endPath() {
      // A path counts once it is painted.
    }
  }
}
