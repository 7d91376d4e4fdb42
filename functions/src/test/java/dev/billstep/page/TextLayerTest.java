package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
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
  void aLetterThatStandsForNothingIsReplaced() throws IOException {
    try (var document = Loader.loadPDF(lineWith("No~7"))) {
      var words = TextLayer.words(document, 0, 100, new Budget());
      assertThat(words.stream().map(Word::text).collect(Collectors.joining())).isEqualTo(
        "No\uFFFD7"
      );
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
}
