package dev.billstep.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Repeats a document's pages, each with its number on it: the same page twice would be read once. */
public final class ManyPages {

  /** Takes a document, how many pages are wanted of it, and where the new one is to be. */
  public static void main(String[] args) throws IOException {
    write(args[0], Integer.parseInt(args[1]), Path.of(args[2]));
  }

  /** Gives where the new document is. */
  static Path write(String document, int pages, Path file) throws IOException {
    try (var source = Loader.loadPDF(new File(document)); var many = new PDDocument()) {
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
      many.save(file.toFile());
    }
    return file;
  }
}
