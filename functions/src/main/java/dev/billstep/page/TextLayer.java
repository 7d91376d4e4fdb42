package dev.billstep.page;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/** The words that a PDF page carries as text, in pixels of the page's image. */
final class TextLayer extends PDFTextStripper {

  private final List<Word> words = new ArrayList<>();
  private double scale = 1;
  private final int imageWidth;
  private final Budget budget;

  private TextLayer(int pageNumber, int imageWidth, Budget budget) {
    this.imageWidth = imageWidth;
    this.budget = budget;
    setStartPage(pageNumber);
    setEndPage(pageNumber);
    setSortByPosition(true);
  }

  static List<Word> words(PDDocument document, int pageIndex, int imageWidth, Budget budget)
    throws IOException {
    var layer = new TextLayer(pageIndex + 1, imageWidth, budget);
    var page = document.getPage(pageIndex);
    boolean lying = page.getRotation() % 180 != 0;
    var box = page.getCropBox();
    layer.scale = layer.imageWidth / (lying ? box.getHeight() : box.getWidth());
    layer.writeText(document, Writer.nullWriter());
    return List.copyOf(layer.words);
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    budget.spend(1);
    super.processOperator(operator, operands);
  }

  @Override
  protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
    throws IOException {
    budget.spend(1);
    super.showGlyph(matrix, font, code, displacement);
  }

  @Override
  public void showForm(PDFormXObject form) throws IOException {
    if (budget.enter()) {
      try {
        budget.spend(Budget.NESTED);
        super.showForm(form);
      } finally {
        budget.leave();
      }
    }
  }

  @Override
  protected void writeString(String text, List<TextPosition> positions) {
    if (positions.isEmpty() || text.isBlank()) {
      return;
    }
    var first = positions.getFirst();
    var last = positions.getLast();
    double left = first.getXDirAdj();
    // A font's size is the height of a line; a glyph's own height depends on the letter.
    double height = positions.stream().mapToDouble(TextPosition::getFontSizeInPt).max().orElse(0);
    double top = first.getYDirAdj() - height;
    double width = last.getXDirAdj() + last.getWidthDirAdj() - left;
    words.add(new Word(text.strip(), left * scale, top * scale, width * scale, height * scale));
  }
}
