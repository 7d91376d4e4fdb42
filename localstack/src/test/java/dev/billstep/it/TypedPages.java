package dev.billstep.it;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Small PDFs whose pages are all different. */
final class TypedPages {

  private TypedPages() {}

  static Path pdf(Path folder, String name, int pages) {
    var file = folder.resolve(name + ".pdf");
    try (var document = new PDDocument()) {
      for (int number = 1; number <= pages; number++) {
        var page = new PDPage(PDRectangle.A6);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(FontName.HELVETICA), 20);
          content.newLineAtOffset(40, 300);
          content.showText("%s page %d".formatted(name, number));
          content.endText();
        }
      }
      document.save(file.toFile());
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
