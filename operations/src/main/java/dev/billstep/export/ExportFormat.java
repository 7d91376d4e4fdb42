package dev.billstep.export;

import dev.billstep.doctype.DocType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What other programs read. */
public enum ExportFormat {
  CSV("csv", "text/csv; charset=utf-8"),
  XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  JSON("json", "application/json"),
  JSONL("jsonl", "application/jsonl"),
  TALLY_XML("xml", "application/xml");

  private final String extension;
  private final String mediaType;

  ExportFormat(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** Of a file's name. */
  public String extension() {
    return extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /**
   * Begins a file: a page a row or an element, for Tally in the books that are open, with the usual
   * ledgers.
   *
   * @param layout of the type's fields, where the format has columns
   */
  public DocWriter writer(DocType type, Supplier<Layout> layout, OutputStream out)
    throws IOException {
    return switch (this) {
      case CSV -> CsvDocs.pages(layout.get(), out);
      case XLSX -> new WorkbookDocs(type.label(), layout.get(), out);
      case JSON -> JsonDocs.array(out);
      case JSONL -> JsonDocs.lines(out);
      case TALLY_XML -> new TallyVouchers(Optional.empty(), TallyLedgers.USUAL, out);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
