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
  TIFF;

  /** Readers accept a PDF header within the first 1024 bytes (ISO 32000-1, annex H.3.4.1). */
  private static final int HEADER_BYTES = 1024;

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
    if (text.contains("%PDF-")) {
      return PDF;
    }
    throw new UploadRejected.NotADocument(fileName);
  }
}
