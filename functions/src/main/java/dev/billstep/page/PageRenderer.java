package dev.billstep.page;

import java.awt.Color;
import java.awt.Paint;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.MissingOperandException;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.state.EmptyGraphicsStackException;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.MissingImageReaderException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/**
 * Draws pages within a budget, and notes what it has to leave out: PDFBox logs that and goes on.
 */
final class PageRenderer extends PDFRenderer {

  /** In pixels, from which on an image is read at less than its own resolution where that is enough. */
  private static final long LARGE_IMAGE = 20_000_000;

  private static final Paint NOTHING = new Color(0, 0, 0, 0);

  private final Budget budget;
  private final PageImages images;
  private final Gradients gradients;
  private final Set<Omission> omissions = EnumSet.noneOf(Omission.class);

  PageRenderer(PDDocument document, PageImages images, Gradients gradients, Budget budget) {
    super(document);
    this.images = images;
    this.gradients = gradients;
    this.budget = budget;
    setSubsamplingAllowed(true);
  }

  /**
   * Draws a page.
   *
   * @param omissions takes what it shows and the image does not
   */
  BufferedImage draw(int index, float scale, Set<Omission> omissions) throws IOException {
    this.omissions.clear();
    var image = renderImage(index, scale, ImageType.RGB);
    omissions.addAll(this.omissions);
    return image;
  }

  @Override
  protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
    return new Drawer(parameters);
  }

  /** Draws one page. */
  private final class Drawer extends PageDrawer {

    Drawer(PageDrawerParameters parameters) throws IOException {
      super(parameters);
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
      budget.spend(1);
      var problem = images.problem(operator, operands, getResources());
      problem.ifPresent(found -> omissions.add(found.omission()));
      // What is left of a damaged image is shown.
      if (problem.filter(PageImages.Problem::isTooLarge).isEmpty()) {
        process(operator, operands);
      }
    }

    private void process(Operator operator, List<COSBase> operands) throws IOException {
      try {
        super.processOperator(operator, operands);
      } catch (UploadRejected overBudget) {
        throw overBudget;
      } catch (RuntimeException e) {
        DiskFull.throwIfSo(e);
        omissions.add(Omission.CONTENT); // What PDFBox trips over is this operator's own.
      }
    }

    @Override
    protected void operatorException(Operator operator, List<COSBase> operands, IOException e) {
      DiskFull.throwIfSo(e);
      switch (e) {
        case EmptyGraphicsStackException _, MissingOperandException _ -> {
          // Sloppy, and nothing is lost.
        }
        case MissingImageReaderException _ -> omissions.add(Omission.IMAGE_FORMAT);
        default -> omissions.add(Omission.CONTENT);
      }
    }

    @Override
    public void drawImage(PDImage image) throws IOException {
      try {
        super.drawImage(image);
      } catch (MissingImageReaderException e) {
        omissions.add(Omission.IMAGE_FORMAT);
      } catch (IOException e) {
        DiskFull.throwIfSo(e);
        omissions.add(Omission.IMAGE);
      }
    }

    @Override
    protected int getSubsampling(PDImage image, AffineTransform at) {
      boolean isLarge = (long) image.getWidth() * image.getHeight() > LARGE_IMAGE;
      return isLarge ? super.getSubsampling(image, at) : 1;
    }

    @Override
    public void showForm(PDFormXObject form) throws IOException {
      nested(() -> super.showForm(form));
    }

    @Override
    public void showTransparencyGroup(PDTransparencyGroup form) throws IOException {
      nested(() -> super.showTransparencyGroup(form));
    }

    @Override
    protected void processSoftMask(PDTransparencyGroup group) throws IOException {
      nested(() -> super.processSoftMask(group));
    }

    @Override
    protected void showType3Glyph(Matrix matrix, PDType3Font font, int code, Vector displacement)
      throws IOException {
      nested(() -> super.showType3Glyph(matrix, font, code, displacement));
    }

    @Override
    protected void showFontGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
      throws IOException {
      budget.spend(1);
      if (font.isDamaged()) {
        omissions.add(Omission.FONT);
      }
      super.showFontGlyph(matrix, font, code, displacement);
    }

    @Override
    public void shadingFill(COSName name) throws IOException {
      if (gradients.isTooComplex(getResources().getShading(name))) {
        omissions.add(Omission.GRADIENT);
        return;
      }
      super.shadingFill(name);
    }

    @Override
    protected Paint getPaint(PDColor color) throws IOException {
      if (!color.isPattern()) {
        return super.getPaint(color);
      }
      if (!budget.enter()) {
        omissions.add(Omission.NESTING);
        return NOTHING;
      }
      try {
        budget.spend(Budget.NESTED);
        if (gradients.isTooComplex(color)) {
          omissions.add(Omission.GRADIENT);
          return NOTHING;
        }
        return super.getPaint(color);
      } finally {
        budget.leave();
      }
    }

    private void nested(Drawing drawing) throws IOException {
      if (!budget.enter()) {
        omissions.add(Omission.NESTING);
        return;
      }
      try {
        budget.spend(Budget.NESTED);
        drawing.draw();
      } finally {
        budget.leave();
      }
    }
  }

  /** Draws something inside of something else. */
  @FunctionalInterface
  private interface Drawing {
    void draw() throws IOException;
  }
}
