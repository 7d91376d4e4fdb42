package dev.billstep.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kinds of file that can be read, told by their first bytes and never by their name. */
enum UploadKind {
  PDF,
  PNG,
  JPEG,
  TIFF,
  WEBP,
  JPEG_2000;

  /** Readers accept a PDF header within the first 1024 bytes (ISO 32000-1, annex H.3.4.1). */
  private static final int HEADER_BYTES = 1024;

  /** Who takes such a file apart. */
  BudgetedSplitter splitter() {
    return switch (this) {
      case PDF -> new PdfSplitter();
      case PNG -> new ImageSplitter(ImageFormat.PNG);
      case JPEG -> new ImageSplitter(ImageFormat.JPEG);
      case TIFF -> new ImageSplitter(ImageFormat.TIFF);
      case WEBP -> new ImageSplitter(ImageFormat.WEBP);
      case JPEG_2000 -> new ImageSplitter(ImageFormat.JPEG_2000);
    };
  }

  static UploadKind of(Path file, String fileName) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(HEADER_BYTES);
    }
    if (head.length == 0) {
      throw new UploadRejected.Empty();
    }
    // ISO 8859-1 keeps every byte as one character.
    var text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return TIFF;
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (text.startsWith("\0\0\0\fjP  \r\n") || text.startsWith("\u00ffO\u00ffQ")) {
      return JPEG_2000;
    }
    if (text.contains("%PDF-")) {
      return PDF;
    }
    throw OtherKind.of(text)
      .<UploadRejected>map(kind -> new UploadRejected.OtherFormat(fileName, kind))
      .orElseGet(() -> new UploadRejected.NotADocument(fileName));
  }
}
