package dev.billstep.bench;

import java.io.File;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Repeats a document's pages, each with its number on it: the same page twice would be read once. */
public final class ManyPages {

  public static void main(String[] args) throws IOException {
    int pages = Integer.parseInt(args[1]);
    try (var source = Loader.loadPDF(new File(args[0])); var many = new PDDocument()) {
      var font = new PDType1Font(FontName.HELVETICA);
      for (int number = 1; number <= pages; number++) {
        var page = many.importPage(source.getPage((number - 1) % source.getNumberOfPages()));
        try (var text = new PDPageContentStream(many, page, AppendMode.APPEND, true, true)) {
          text.beginText();
          text.setFont(font, 8);
          text.newLineAtOffset(20, 20);
          text.showText("Sheet " + number);
          text.endText();
        }
      }
      many.save(args[2]);
    }
  }
}
