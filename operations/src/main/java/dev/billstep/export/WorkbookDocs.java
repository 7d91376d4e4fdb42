package dev.billstep.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Pages of one type as a workbook (ISO/IEC 29500, "XLSX"): a sheet with one row a page, and one for each
 * of its tables with one row a line. Cells are values: no text becomes a formula.
 */
public final class WorkbookDocs implements DocWriter {

  private static final List<String> OF_LINE = List.of("file_name", "page_number", "line");

  /** Excel's own limit of a sheet's name. */
  private static final int LONGEST_NAME = 31;

  /** Excel's own limit of a cell's text. */
  private static final int LONGEST_TEXT = 32_767;

  private static final String DATE = "dd-mm-yyyy";
  private static final String MOMENT = "dd-mm-yyyy hh:mm";
  private static final String AMOUNT = "#,##0.00";

  private final Layout layout;
  private final Workbook workbook;
  private final Rows pages;
  private final Map<Layout.Table, Rows> tables = new LinkedHashMap<>();

  /**
   * Begins a workbook.
   *
   * @param type that the first sheet is named after
   */
  public WorkbookDocs(String type, Layout layout, OutputStream out) {
    this.layout = layout;
    this.workbook = new Workbook(new Unclosed(out), "Billstep", null);
    this.pages = sheet(type);
    Layout.OF_PAGE.forEach(pages::heading);
    layout.values().forEach(column -> pages.heading(column.name()));
    Layout.IDS.forEach(pages::heading);
    pages.next();
    for (var table : layout.tables()) {
      var lines = sheet(table.name());
      OF_LINE.forEach(lines::heading);
      table.columns().forEach(column -> lines.heading(column.name()));
      lines.heading("id");
      lines.next();
      tables.put(table, lines);
    }
  }

  private Rows sheet(String name) {
    var sheet = workbook.newWorksheet(
      name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name
    );
    sheet.freezePane(0, 1);
    return new Rows(sheet);
  }

  @Override
  public void write(ExportedDoc doc) throws IOException {
    pages.text(doc.fileName().orElse(""));
    pages.number(doc.pageNumber());
    pages.text(doc.pageNumbers());
    pages.text(doc.review());
    pages.text(doc.reviewedBy().orElse(""));
    pages.moment(doc);
    pages.text(String.valueOf(doc.needsReview()));
    pages.text(doc.bundled());
    layout.values().forEach(column -> pages.value(doc.fields().at(column.pointer())));
    pages.text(doc.id().toString());
    pages.text(doc.jobId().toString());
    pages.next();
    for (var entry : tables.entrySet()) {
      int number = 0;
      for (var line : doc.fields().at(entry.getKey().pointer())) {
        write(doc, entry.getKey(), ++number, line, entry.getValue());
      }
    }
  }

  private static void write(
    ExportedDoc doc,
    Layout.Table table,
    int number,
    JsonNode line,
    Rows rows
  ) {
    rows.text(doc.fileName().orElse(""));
    rows.number(doc.pageNumber());
    rows.number(number);
    table.columns().forEach(column -> rows.value(line.at(column.pointer())));
    rows.text(doc.id().toString());
    rows.next();
  }

  @Override
  public void close() throws IOException {
    workbook.finish();
  }

  /** A sheet that is filled from its first cell on. */
  private static final class Rows {

    private final Worksheet sheet;
    private int row;
    private int column;

    Rows(Worksheet sheet) {
      this.sheet = sheet;
    }

    void heading(String name) {
      sheet.value(row, column, name);
      sheet.style(row, column++).bold().set();
    }

    void text(String text) {
      sheet.value(
        row,
        column++,
        text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text
      );
    }

    void number(int number) {
      sheet.value(row, column++, number);
    }

    void moment(ExportedDoc doc) {
      sheet.value(row, column, doc.at().atZone(ZoneOffset.UTC).toLocalDateTime());
      sheet.style(row, column++).format(MOMENT).set();
    }

    /** What is in a field: a number, a date, a text, or nothing. */
    void value(JsonNode value) {
      if (value.isMissingNode() || value.isNull()) {
        column++;
      } else if (value.isNumber()) {
        sheet.value(row, column, new BigDecimal(value.decimalValue().toPlainString()));
        if (!value.isIntegralNumber()) {
          sheet.style(row, column).format(AMOUNT).set();
        }
        column++;
      } else {
        date(value.asText()).ifPresentOrElse(
          date -> {
            sheet.value(row, column, date);
            sheet.style(row, column++).format(DATE).set();
          },
          () -> text(value.asText())
        );
      }
    }

    private static Optional<LocalDate> date(String text) {
      if (text.length() != "2026-01-31".length()) {
        return Optional.empty();
      }
      try {
        return Optional.of(LocalDate.parse(text));
      } catch (DateTimeParseException e) {
        return Optional.empty(); // Another text of ten characters.
      }
    }

    void next() {
      row++;
      column = 0;
    }
  }
}
