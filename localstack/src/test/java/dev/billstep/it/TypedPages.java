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

  /** 400 megapixels at 200 dpi. */
  private static final PDRectangle TOO_LARGE = new PDRectangle(7200, 7200);

  private TypedPages() {}

  static Path pdf(Path folder, String name, int pages) {
    return pdfWhosePageIsTooLarge(folder, name, pages, 0);
  }

  /** One of whose pages, from 1, has more pixels than are taken. */
  static Path pdfWhosePageIsTooLarge(Path folder, String name, int pages, int tooLarge) {
    var file = folder.resolve(name + ".pdf");
    try (var document = new PDDocument()) {
      for (int number = 1; number <= pages; number++) {
        var page = new PDPage(number == tooLarge ? TOO_LARGE : PDRectangle.A6);
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
