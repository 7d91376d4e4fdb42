package dev.billstep.page;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
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
  private final EncodedStreams streams;
  private final Set<Omission> omissions;

  private ScannedPage(
    PDImageXObject scan,
    int rotation,
    EncodedStreams streams,
    Set<Omission> omissions
  ) {
    this.scan = scan;
    this.rotation = rotation;
    this.streams = streams;
    this.omissions = omissions;
  }

  /**
   * Finds the scan of a page that is one.
   *
   * @throws PageUndrawable.TooManyPixels when the scan is larger than allowed
   */
  static Optional<ScannedPage> find(
    PDPage page,
    int number,
    EncodedStreams streams,
    PageImages images,
    SplitLimits limits,
    Budget budget
  ) throws IOException {
    var look = new Look(page, images, budget);
    look.processPage(page);
    look.tooLarge.ifPresent(size -> limits.checkPixels(number, size.width(), size.height()));
    return look
      .onlyImage()
      .map(scan -> new ScannedPage(scan, page.getRotation(), streams, look.omissions));
  }

  /** What the scan lacks. */
  Set<Omission> omissions() {
    return omissions;
  }

  /** The scan at its own resolution, turned as the page says; grey where the scan is grey. */
  PageBitmap bitmap() throws IOException {
    var samples = rotation % 360 == 0 ? samples() : Optional.<PageBitmap>empty();
    return samples.isPresent() ? samples.get() : new PageBitmap.Image(turned(image()));
  }

  private BufferedImage image() throws IOException {
    var image = scan.getImage();
    return scan.getColorSpace() instanceof PDDeviceGray ? PageColors.grey(image) : image;
  }

  /**
   * What a scan's data unpacks to, where that is its pixels: to make an image of them first takes PDFBox
   * longer than to decode a JPEG.
   */
  private Optional<PageBitmap> samples() throws IOException {
    var kind = kind();
    if (kind.isEmpty() || !(scan.getDecode() == null || scan.getDecode().size() == 0)) {
      return Optional.empty();
    }
    var deflated = streams.scan(scan.getCOSObject());
    if (deflated.isPresent()) {
      return deflated.map(PageBitmap.class::cast);
    }
    int width = scan.getWidth();
    int height = scan.getHeight();
    var jpeg = ScannedJpeg.of(scan).flatMap(found -> found.rows(kind.get()));
    byte[] rows = jpeg.isPresent() ? jpeg.get() : unpacked();
    boolean areWhole = rows.length == (long) kind.get().rowBytes(width) * height;
    return areWhole ? Optional.of(Samples.of(kind.get(), width, height, rows)) : Optional.empty();
  }

  private byte[] unpacked() throws IOException {
    try (var unpacked = scan.createInputStream()) {
      return unpacked.readAllBytes();
    }
  }

  private Optional<Samples.Kind> kind() throws IOException {
    var dictionary = scan.getCOSObject();
    boolean saysItself = new PDStream(dictionary).getFilters().contains(COSName.JPX_DECODE);
    if (saysItself) {
      return Optional.empty();
    }
    boolean isGrey = scan.getColorSpace() instanceof PDDeviceGray;
    boolean isRgb = scan.getColorSpace() instanceof PDDeviceRGB;
    return switch (scan.getBitsPerComponent()) {
      case 1 -> isGrey ? Optional.of(Samples.Kind.BILEVEL) : Optional.empty();
      case Byte.SIZE -> isGrey
        ? Optional.of(Samples.Kind.GREY)
        : isRgb
          ? Optional.of(Samples.Kind.RGB)
          : Optional.empty();
      default -> Optional.empty();
    };
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
    return Orientation.turned(image, turn, width, height);
  }

  /** Watches what a page paints. Text that is not shown (a scanner's own OCR) does not count. */
  private static final class Look extends PDFGraphicsStreamEngine {

    private final PDRectangle box;
    private @Nullable PDImageXObject image;
    private boolean somethingElse;
    private Optional<PageImages.Problem> tooLarge = Optional.empty();
    private final Set<Omission> omissions = EnumSet.noneOf(Omission.class);
    private final PageImages images;
    private final Budget budget;

    Look(PDPage page, PageImages images, Budget budget) {
      super(page);
      this.box = page.getCropBox();
      this.images = images;
      this.budget = budget;
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
      if (somethingElse) {
        return;
      }
      budget.spend(1);
      var problem = images.problem(operator, operands, getResources());
      if (problem.isPresent() && problem.get().isTooLarge()) {
        somethingElse = true;
        if (image == null && covers(getGraphicsState().getCurrentTransformationMatrix())) {
          tooLarge = problem;
        }
        return;
      }
      problem.ifPresent(found -> omissions.add(found.omission()));
      super.processOperator(operator, operands);
    }

    /** Who draws the page says what becomes of it. */
    @Override
    protected void operatorException(Operator operator, List<COSBase> operands, IOException e) {
      DiskFull.throwIfSo(e);
      somethingElse = true;
    }

    @Override
    public void showForm(PDFormXObject form) throws IOException {
      if (!budget.enter()) {
        somethingElse = true;
        return;
      }
      try {
        budget.spend(Budget.NESTED);
        super.showForm(form);
      } finally {
        budget.leave();
      }
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
