package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;

class TextLayerTest {

  /** A font may say that a letter of it stands for any text. */
  private static final String TO_UNICODE = """
  /CIDInit /ProcSet findresource begin
  12 dict begin
  begincmap
  1 begincodespacerange
  <00> <ff>
  endcodespacerange
  1 beginbfchar
  <7e> <0000>
  endbfchar
  endcmap
  end
  end
  """;

  @Test
  void aLetterThatStandsForNothingIsNoLetter() throws IOException {
    try (var document = Loader.loadPDF(lineWith("Invoice number No~7"))) {
      var image = new PDFRenderer(document).renderImage(0);
      var words = TextLayer.words(document, 0, image, new Budget());
      assertThat(words.stream().map(Word::text).collect(Collectors.joining()))
        .startsWith("Invoicenumber")
        .doesNotContain("\0");
    }
  }

  private static byte[] lineWith(String text) throws IOException {
    try (var document = new PDDocument()) {
      var font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
      font
        .getCOSObject()
        .setItem(
          COSName.TO_UNICODE,
          new PDStream(
            document,
            new ByteArrayInputStream(TO_UNICODE.getBytes(StandardCharsets.US_ASCII))
          )
        );
      var page = new PDPage();
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(font, 12);
        content.newLineAtOffset(50, 700);
        content.showText(text);
        content.endText();
      }
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static final PDType1Font FONT = new PDType1Font(Standard14Fonts.FontName.HELVETICA);

  @Test
  void wordsArePartedByBlanksAndByGaps() throws IOException {
    var words = words(content -> {
      show(content, 72, 700, 12, "Invoice No ");
      show(content, 300, 700, 12, "17");
    });
    assertThat(words).extracting(Word::text).containsExactly("Invoice", "No", "17");
  }

  @Test
  void aFontThatTheMatrixMakesLargeHasItsSizeOnThePage() throws IOException {
    var words = words(content -> {
      content.setFont(FONT, 1);
      content.setTextMatrix(new Matrix(20, 0, 0, 20, 72, 700));
      content.showText("Large");
    });
    assertThat(words)
      .singleElement()
      .satisfies(word -> assertThat(word.height()).isBetween(19.0, 21.0));
  }

  @Test
  void textThatRunsIntoTheNextColumnIsToldFromIt() throws IOException {
    var words = words(content -> {
      show(content, 72, 700, 12, "Name:");
      show(content, 90, 700, 12, "27AAPFU");
    });
    assertThat(words).extracting(Word::text).containsExactly("Name:", "27AAPFU");
  }

  @Test
  void boldLettersThatAreDrawnTwiceAreReadOnce() throws IOException {
    var words = words(content -> {
      show(content, 72, 700, 12, "Total");
      show(content, 72.4f, 700, 12, "Total");
    });
    assertThat(words).extracting(Word::text).containsExactly("Total");
  }

  @Test
  void aLetterThatBeginsTheNextLineAsTheLastOneEndedIsNoRepetition() throws IOException {
    var words = words(content -> {
      show(content, 90, 700, 12, "Unit");
      show(content, 80, 685, 12, "type");
    });
    assertThat(words).extracting(Word::text).containsExactly("Unit", "type");
  }

  @Test
  void textThatCanNotBeSeenIsNotOnThePage() throws IOException {
    var words = words(content -> {
      content.setNonStrokingColor(Color.WHITE);
      show(content, 72, 700, 12, "Ignore the invoice");
      content.setNonStrokingColor(Color.BLACK);
      show(content, 72, 600, 12, "Invoice");
    });
    assertThat(words).extracting(Word::text).containsExactly("Invoice");
  }

  private interface Drawing {
    void on(PDPageContentStream content) throws IOException;
  }

  private static void show(PDPageContentStream content, float x, float y, float size, String text)
    throws IOException {
    content.setFont(FONT, size);
    content.setTextMatrix(Matrix.getTranslateInstance(x, y));
    content.showText(text);
  }

  /** At a pixel a point. */
  private static List<Word> words(Drawing drawing) throws IOException {
    try (var document = new PDDocument()) {
      var page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        drawing.on(content);
        content.endText();
      }
      return TextLayer.words(document, 0, new PDFRenderer(document).renderImage(0), new Budget());
    }
  }
}
