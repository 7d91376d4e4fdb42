package dev.billstep.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Pages of one type as comma-separated values (RFC 4180, in UTF-8), one a row, or one of their lines a row. */
public final class CsvDocs implements DocWriter {

  /** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"). */
  private static final String FORMULA = "=+-@\t\r\n";

  /** Quotes are where they are needed. */
  private static final CsvMapper CSV = CsvMapper.builder()
    .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
    .build();

  private final Layout layout;
  private final Optional<Layout.Table> lines;
  private final SequenceWriter writer;

  private CsvDocs(Layout layout, Optional<Layout.Table> lines, OutputStream out)
    throws IOException {
    this.layout = layout;
    this.lines = lines;
    this.writer = CSV.writer().writeValues(new Unclosed(out));
    var table = lines.stream().flatMap(of ->
      of
        .columns()
        .stream()
        .map(column -> of.name() + "." + column.name())
    );
    writer.write(
      Stream.of(
        Layout.IDS.stream(),
        Layout.OF_PAGE.stream(),
        layout.values().stream().map(Layout.Column::name),
        Stream.concat(lines.isPresent() ? Stream.of("line") : Stream.empty(), table)
      )
        .flatMap(names -> names)
        .toList()
    );
  }

  /** One row a page. */
  public static CsvDocs pages(Layout layout, OutputStream out) throws IOException {
    return new CsvDocs(layout, Optional.empty(), out);
  }

  /** One row a line of the page's first table, with the page's own values in each; a page without lines has one row. */
  public static CsvDocs lines(Layout layout, OutputStream out) throws IOException {
    return new CsvDocs(layout, layout.tables().stream().findFirst(), out);
  }

  @Override
  public void write(ExportedDoc doc) throws IOException {
    var page = new ArrayList<String>(
      List.of(
        doc.id().toString(),
        doc.jobId().toString(),
        defused(doc.fileName().orElse("")),
        String.valueOf(doc.pageNumber()),
        doc.pageNumbers(),
        doc.review(),
        defused(doc.reviewedBy().orElse("")),
        doc.at().toString(),
        String.valueOf(doc.needsReview()),
        doc.bundled()
      )
    );
    layout.values().forEach(column -> page.add(cell(doc.fields(), column)));
    if (lines.isEmpty()) {
      writer.write(page);
      return;
    }
    var table = lines.orElseThrow();
    var rows = doc.fields().at(table.pointer());
    if (rows.isEmpty()) {
      var row = new ArrayList<>(page);
      row.add("");
      table.columns().forEach(column -> row.add(""));
      writer.write(row);
    }
    int number = 0;
    for (var line : rows) {
      var row = new ArrayList<>(page);
      row.add(String.valueOf(++number));
      table.columns().forEach(column -> row.add(cell(line, column)));
      writer.write(row);
    }
  }

  private static String cell(JsonNode fields, Layout.Column column) {
    var value = fields.at(column.pointer());
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    return value.isTextual() ? defused(value.asText()) : value.asText();
  }

  /** A text that is shown as it is, and never worked out. */
  private static String defused(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
