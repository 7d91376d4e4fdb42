package dev.billstep.page;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** Makes files of every kind that a user may upload. */
public final class DocumentFiles {

  private final Path folder;

  public DocumentFiles(Path folder) {
    this.folder = folder;
  }

  public Path bytes(byte[] content) throws IOException {
    return Files.write(folder.resolve("upload"), content);
  }

  /** A PDF with a page for each text. */
  public Path pdf(List<String> pages) throws IOException {
    try (var document = document(pages)) {
      return saved(document);
    }
  }

  public Path encryptedPdf() throws IOException {
    try (var document = document(List.of("secret"))) {
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      return saved(document);
    }
  }

  /** A PDF as a scanner makes it: one page that is one image. */
  public Path scannedPdf(BufferedImage scan, int rotation) throws IOException {
    try (var document = new PDDocument()) {
      var page = new PDPage(PDRectangle.A4);
      page.setRotation(rotation);
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        var image = LosslessFactory.createFromImage(document, scan);
        content.drawImage(image, 0, 0, PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight());
      }
      return saved(document);
    }
  }

  public Path image(BufferedImage image, String format) throws IOException {
    var file = folder.resolve("upload");
    ImageIO.write(image, format, file.toFile());
    return file;
  }

  public Path tiff(List<BufferedImage> pages) throws IOException {
    var file = folder.resolve("upload");
    var writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (var out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (var page : pages) {
        writer.writeToSequence(new IIOImage(page, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return file;
  }

  /** Grey, with a dark corner at its top left, so that it shows when it is turned. */
  public static BufferedImage scan(int width, int height) {
    return scan(width, height, BufferedImage.TYPE_BYTE_GRAY);
  }

  /** The same in another of {@link BufferedImage}'s types. */
  static BufferedImage scan(int width, int height, int type) {
    var image = new BufferedImage(width, height, type);
    var graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    graphics.fillRect(0, 0, width / 4, height / 4);
    graphics.dispose();
    return image;
  }

  private Path saved(PDDocument document) throws IOException {
    var file = folder.resolve("upload");
    document.save(file.toFile());
    return file;
  }

  private static PDDocument document(List<String> pages) throws IOException {
    var document = new PDDocument();
    for (var text : pages) {
      var page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(72, 720);
        content.showText(text);
        content.endText();
      }
    }
    return document;
  }
}
