package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/**
 * The words that a PDF page carries as text, in pixels of the page's image. Text that is not drawn
 * there (a scanner's own OCR under its scan, white text on white) is not on the page.
 */
final class TextLayer extends PDFTextStripper {

  /** Of the text's height: a wider gap parts words. Of 46 PDFs, spaces had 0.2 and more. */
  private static final double GAP = 0.3;

  /** Of the text's height: with less, a blank glyph is kerning. */
  private static final double BLANK = 0.08;

  /** Of the text's height: glyphs that overlap like that are one word, however they are drawn. */
  private static final double TOUCHING = -0.02;

  /** Of the text's height: two baselines closer than that are one. */
  private static final double SAME_BASELINE = 0.25;

  /** Of a font's size, how far letters reach above and below the baseline. */
  private static final double ASCENT = 0.78;

  private static final double DESCENT = 0.22;

  /** A share of glyphs without a meaning from which on the rest means nothing either. */
  private static final double MEANINGLESS = 0.1;

  private final List<Glyph> glyphs = new ArrayList<>();
  private final int rotation;
  private int drawn;
  private int withoutMeaning;
  private int sideways;

  private TextLayer(int pageNumber, int rotation) {
    this.rotation = rotation;
    setStartPage(pageNumber);
    setEndPage(pageNumber);
  }

  static List<Word> words(PDDocument document, int pageIndex, BufferedImage image)
    throws IOException {
    var page = document.getPage(pageIndex);
    var layer = new TextLayer(pageIndex + 1, Math.floorMod(page.getRotation(), 360));
    boolean lying = page.getRotation() % 180 != 0;
    var box = page.getCropBox();
    layer.writeText(document, Writer.nullWriter());
    double scale = image.getWidth() / (lying ? box.getHeight() : box.getWidth());
    return layer.isReadable() ? layer.drawnWords(scale, new Ink(image)) : List.of();
  }

  /** A font without a table of its characters draws well and says nothing. */
  private boolean isReadable() {
    int all = glyphs.size() + withoutMeaning + sideways;
    return withoutMeaning <= MEANINGLESS * all && sideways * 2 <= all;
  }

  private List<Word> drawnWords(double scale, Ink ink) {
    return lines()
      .stream()
      .flatMap(line -> words(line).stream())
      .map(word -> scaled(word, scale))
      .filter(ink::isUnder)
      .toList();
  }

  private static Word scaled(Word word, double scale) {
    return new Word(
      word.text(),
      word.x() * scale,
      word.y() * scale,
      word.width() * scale,
      word.height() * scale
    );
  }

  @Override
  protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
    throws IOException {
    if (!font.isVertical() && isUnknown(font.toUnicode(code))) {
      withoutMeaning++;
      return;
    }
    super.showGlyph(matrix, font, code, displacement);
  }

  private static boolean isUnknown(@org.jspecify.annotations.Nullable String unicode) {
    return (
      unicode == null ||
      unicode
        .codePoints()
        .anyMatch(
          point ->
            point == 0xFFFD ||
            (point < 0x20 && !Character.isWhitespace(point)) || Character.getType(point) == Character.PRIVATE_USE
        )
    );
  }

  @Override
  protected void processTextPosition(TextPosition text) {
    if (Math.round(text.getDir()) % 360 != rotation) {
      sideways++;
      return;
    }
    double size = size(text);
    if (size > 0) {
      glyphs.add(
        new Glyph(
          text.getUnicode(),
          text.getXDirAdj(),
          text.getYDirAdj(),
          text.getWidthDirAdj(),
          size,
          drawn++
        )
      );
    }
  }

  /** The size on the page: a font's own size may be 1, and the matrix do the rest. */
  private static double size(TextPosition text) {
    var matrix = text.getTextMatrix();
    return Math.hypot(matrix.getScaleY(), matrix.getShearX());
  }

  private List<List<Glyph>> lines() {
    var lines = new ArrayList<List<Glyph>>();
    double baseline = 0;
    for (var glyph : glyphs.stream().sorted(Comparator.comparingDouble(Glyph::baseline)).toList()) {
      if (
        lines.isEmpty() ||
        glyph.baseline() - baseline >
        SAME_BASELINE * Math.min(glyph.size(), lines.getLast().getLast().size())
      ) {
        lines.add(new ArrayList<>());
      }
      lines.getLast().add(glyph);
      baseline = glyph.baseline();
    }
    lines.forEach(line -> line.sort(Comparator.comparingDouble(Glyph::left)));
    return lines;
  }

  private static List<Word> words(List<Glyph> line) {
    var words = new ArrayList<Word>();
    var word = new ArrayList<Glyph>();
    for (var glyph : line) {
      if (glyph.isBlank()) {
        if (glyph.width() > BLANK * glyph.size()) {
          end(word, words);
        }
      } else if (word.isEmpty() || !glyph.repeats(word.getLast())) {
        if (!word.isEmpty() && !glyph.goesOnFrom(word.getLast())) {
          end(word, words);
        }
        word.add(glyph);
      }
    }
    end(word, words);
    return words;
  }

  private static void end(List<Glyph> word, List<Word> words) {
    if (!word.isEmpty()) {
      var text = new StringBuilder();
      word.forEach(glyph -> text.append(glyph.text()));
      double left = word.getFirst().left();
      double right = word.stream().mapToDouble(Glyph::right).max().orElseThrow();
      double top = word.stream().mapToDouble(Glyph::top).min().orElseThrow();
      double bottom = word.stream().mapToDouble(Glyph::bottom).max().orElseThrow();
      words.add(new Word(text.toString(), left, top, right - left, bottom - top));
      word.clear();
    }
  }

  /** A character where it stands, in points from the upper left corner of the page as shown. */
  private record Glyph(
    String text,
    double left,
    double baseline,
    double width,
    double size,
    int order
  ) {
    double right() {
      return left + width;
    }

    double top() {
      return baseline - ASCENT * size;
    }

    double bottom() {
      return baseline + DESCENT * size;
    }

    boolean isBlank() {
      return text.isBlank() || text.equals("\u00a0");
    }

    /** A narrow cell's text may touch the next cell's, but is not drawn in one go with it. */
    boolean goesOnFrom(Glyph before) {
      double gap = left - before.right();
      return gap <= GAP * size && (order == before.order + 1 || gap <= TOUCHING * size);
    }

    /** Bold letters are drawn twice by some printers, a little apart. */
    boolean repeats(Glyph before) {
      return text.equals(before.text) && left - before.left < Math.max(0.1, 0.3 * width);
    }
  }

  /** What is drawn on a page. */
  private record Ink(BufferedImage image) {
    /** Of 255: between the lightest and the darkest pixel of what can be seen. */
    private static final int CONTRAST = 24;

    boolean isUnder(Word word) {
      int left = Math.max(0, (int) word.x());
      int right = Math.min(image.getWidth(), (int) Math.ceil(word.x() + word.width()));
      int top = Math.max(0, (int) word.y());
      int bottom = Math.min(image.getHeight(), (int) Math.ceil(word.y() + word.height()));
      int lightest = 0;
      int darkest = 255;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          int color = image.getRGB(x, y);
          int grey = ((color >> 16 & 255) + (color >> 8 & 255) + (color & 255)) / 3;
          lightest = Math.max(lightest, grey);
          darkest = Math.min(darkest, grey);
          if (lightest - darkest > CONTRAST) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
