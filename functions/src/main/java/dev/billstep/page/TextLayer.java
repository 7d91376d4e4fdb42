package dev.billstep.page;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The words that a PDF page carries as text, in pixels of the page's image. */
final class TextLayer extends PDFTextStripper {

  private final List<Word> words = new ArrayList<>();
  private double scale = 1;
  private final int imageWidth;

  private TextLayer(int pageNumber, int imageWidth) {
    this.imageWidth = imageWidth;
    setStartPage(pageNumber);
    setEndPage(pageNumber);
    setSortByPosition(true);
  }

  static List<Word> words(PDDocument document, int pageIndex, int imageWidth) throws IOException {
    var layer = new TextLayer(pageIndex + 1, imageWidth);
    var page = document.getPage(pageIndex);
    boolean lying = page.getRotation() % 180 != 0;
    var box = page.getCropBox();
    layer.scale = layer.imageWidth / (lying ? box.getHeight() : box.getWidth());
    layer.writeText(document, Writer.nullWriter());
    return List.copyOf(layer.words);
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
