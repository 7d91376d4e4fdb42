package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The words that a PDF page carries as text, in pixels of the page's image. Text that is not drawn
 * there (a scanner's own OCR under its scan, white text on white) is not on the page.
 */
final class TextLayer extends PDFTextStripper {

  /** Of the text's height: a wider gap parts words. Of 46 PDFs, spaces had 0.2 and more. */
  private static final double GAP = 0.3;

  /** Of the text's height: with less, a blank glyph is kerning. */
  private static final double BLANK = 0.08;

  /** Of the text's height: a letter further back than that begins something else. */
  private static final double BACK = 0.4;

  /** Letters that are printed as one: {@code fi}, {@code ff}. */
  private static final Pattern LIGATURES = Pattern.compile("[\uFB00-\uFB06]");

  /** Of the text's height: two baselines closer than that are one. */
  private static final double SAME_BASELINE = 0.25;

  /** Of a font's size, how far letters reach above and below the baseline. */
  private static final double ASCENT = 0.78;

  private static final double DESCENT = 0.22;

  /** A share of glyphs without a meaning from which on the rest means nothing either. */
  private static final double MEANINGLESS = 0.1;

  private final List<Glyph> glyphs = new ArrayList<>();
  private final int rotation;
  private final Budget budget;
  private int withoutMeaning;
  private int sideways;

  private TextLayer(int pageNumber, int rotation, Budget budget) {
    this.budget = budget;
    this.rotation = rotation;
    setStartPage(pageNumber);
    setEndPage(pageNumber);
  }

  static List<Word> words(PDDocument document, int pageIndex, BufferedImage image, Budget budget)
    throws IOException {
    var page = document.getPage(pageIndex);
    var layer = new TextLayer(pageIndex + 1, Math.floorMod(page.getRotation(), 360), budget);
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
    return words()
      .stream()
      .sorted(Comparator.comparingDouble(Placed::baseline).thenComparingDouble(Placed::left))
      .map(word -> word.scaled(scale))
      .filter(ink::isUnder)
      .toList();
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    budget.spend(1);
    super.processOperator(operator, operands);
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
  protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
    throws IOException {
    budget.spend(1);
    if (!font.isVertical() && isUnknown(font.toUnicode(code))) {
      withoutMeaning++;
      return;
    }
    super.showGlyph(matrix, font, code, displacement);
  }

  private static boolean isUnknown(@Nullable String unicode) {
    return (
      unicode == null ||
      unicode
        .codePoints()
        .anyMatch(
          point ->
            point == 0xFFFD ||
            (point < 0x20 && !Character.isWhitespace(point)) ||
            Character.getType(point) == Character.PRIVATE_USE
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
          size
        )
      );
    }
  }

  /** The size on the page: a font's own size may be 1, and the matrix do the rest. */
  private static double size(TextPosition text) {
    var matrix = text.getTextMatrix();
    return Math.hypot(matrix.getScaleY(), matrix.getShearX());
  }

  /**
   * In the order in which they are drawn: where one column's text runs into the next one's, their
   * letters lie among each other.
   */
  private List<Placed> words() {
    var words = new ArrayList<Placed>();
    var word = new ArrayList<Glyph>();
    for (var glyph : glyphs) {
      if (!word.isEmpty() && glyph.repeats(word.getLast())) {
        continue;
      }
      if (!word.isEmpty() && !glyph.goesOnFrom(word.getLast())) {
        end(word, words);
      }
      if (!glyph.isBlank()) {
        word.add(glyph);
      } else if (glyph.width() > BLANK * glyph.size()) {
        end(word, words);
      }
    }
    end(word, words);
    return words;
  }

  private static void end(List<Glyph> glyphs, List<Placed> words) {
    if (!glyphs.isEmpty()) {
      var word = Placed.of(glyphs);
      if (words.stream().noneMatch(word::repeats)) {
        words.add(word);
      }
      glyphs.clear();
    }
  }

  /** A word, in points. */
  private record Placed(String text, double left, double baseline, double right, double size) {
    /** Of a letter's size, how far apart the two prints of a bold word are at most. */
    private static final double BOLD = 0.25;

    static Placed of(List<Glyph> glyphs) {
      var text = new StringBuilder();
      glyphs.forEach(glyph -> text.append(glyph.text()));
      return new Placed(
        LIGATURES.matcher(text).replaceAll(found ->
          Normalizer.normalize(found.group(), Normalizer.Form.NFKC)
        ),
        glyphs.getFirst().left(),
        glyphs.getFirst().baseline(),
        glyphs.stream().mapToDouble(Glyph::right).max().orElseThrow(),
        glyphs.stream().mapToDouble(Glyph::size).max().orElseThrow()
      );
    }

    boolean repeats(Placed other) {
      return (
        text.equals(other.text) &&
        Math.abs(left - other.left) < BOLD * size &&
        Math.abs(baseline - other.baseline) < BOLD * size
      );
    }

    Word scaled(double scale) {
      return new Word(
        text,
        left * scale,
        (baseline - ASCENT * size) * scale,
        (right - left) * scale,
        (ASCENT + DESCENT) * size * scale
      );
    }
  }

  /** A character where it stands, in points from the upper left corner of the page as shown. */
  private record Glyph(String text, double left, double baseline, double width, double size) {
    double right() {
      return left + width;
    }

    boolean isBlank() {
      return text.isBlank() || text.equals("\u00a0");
    }

    boolean goesOnFrom(Glyph before) {
      double gap = left - before.right();
      return (
        Math.abs(baseline - before.baseline) <= SAME_BASELINE * size &&
        gap <= GAP * size &&
        gap >= -BACK * size
      );
    }

    /** Bold letters are drawn twice by some printers, a little apart. */
    boolean repeats(Glyph before) {
      return (
        text.equals(before.text) &&
        Math.abs(left - before.left) < Math.max(0.1, 0.3 * width) &&
        Math.abs(baseline - before.baseline) < SAME_BASELINE * size
      );
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
          int grey = (((color >> 16) & 255) + ((color >> 8) & 255) + (color & 255)) / 3;
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
