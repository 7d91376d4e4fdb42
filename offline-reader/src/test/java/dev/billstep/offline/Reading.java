package dev.billstep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.offline.answers.Draft;
import dev.billstep.offline.bills.BillReader;
import dev.billstep.offline.classes.PageClass;
import dev.billstep.offline.eway.EwayBillReader;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import dev.billstep.reading.PrintedValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A made-up page as the reader reads it, with what its values were read from and all that is held against it. */
record Reading(
  DocType type,
  JsonNode fields,
  Map<String, PrintedValue> printed,
  List<String> flags
) {
  private static final InstantSource CLOCK = InstantSource.fixed(
    Instant.parse("2026-11-24T06:00:00Z")
  );

  /** By the class that the page has. */
  static Reading of(Sheet sheet) {
    return switch (PageClass.of(sheet).type()) {
      case BILL -> bill(sheet);
      case EWAY_BILL -> ewayBill(sheet);
      case UNKNOWN -> new Reading(DocType.UNKNOWN, DefaultSchemas.none(), Map.of(), List.of());
    };
  }

  static Reading bill(Sheet sheet) {
    var blank = new BlankFields(DefaultSchemas.bill());
    return of(
      DocType.BILL,
      BillReader.read(sheet, blank.document(), () -> blank.item("line_items"))
    );
  }

  static Reading ewayBill(Sheet sheet) {
    var blank = new BlankFields(DefaultSchemas.ewayBill());
    return of(DocType.EWAY_BILL, EwayBillReader.read(sheet, blank.document(), blank::item));
  }

  private static Reading of(DocType type, Draft draft) {
    var flags = Stream.concat(
      new FieldChecks(CLOCK).findings(type, draft.fields()).stream(),
      draft.doubts().stream()
    )
      .map(Finding::code)
      .toList();
    return new Reading(type, draft.fields(), draft.printed(), flags);
  }

  /** What a value was read from; empty where it is not known where that stands. */
  String printed(String pointer) {
    return Optional.ofNullable(printed.get(pointer)).map(PrintedValue::text).orElse("");
  }

  /** The left edge of that. */
  int left(String pointer) {
    return Optional.ofNullable(printed.get(pointer))
      .flatMap(PrintedValue::box)
      .map(PrintedValue.Box::x)
      .orElseThrow();
  }

  String text(String pointer) {
    return fields.at(pointer).asText();
  }
}
