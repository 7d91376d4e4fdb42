package dev.billstep.offline.bills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.offline.answers.Draft;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.tables.CellPlaces;
import dev.billstep.offline.tokens.Phrase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts the lines of a bill into its fields, with what holds for all of them: one rate, one code. */
final class ItemFields {

  /** By field, the columns that it is read from, the likeliest first. */
  private static final Map<String, List<String>> NUMBERS = Map.of(
    "quantity",
    List.of("quantity", "other_quantity", "unit_price", "description"),
    "unit_price",
    List.of("unit_price", "mrp"),
    "discount",
    List.of("discount"),
    "taxable_value",
    List.of("taxable_value", "total", "gross_value"),
    "gst_rate",
    List.of("gst_rate", "tax", "igst", "total", "description"),
    "cgst",
    List.of("cgst", "tax"),
    "sgst",
    List.of("sgst", "tax"),
    "igst",
    List.of("igst", "tax", "gst_rate"),
    "cess",
    List.of("cess", "tax"),
    "total",
    List.of("total", "taxable_value")
  );

  private static final Map<String, List<String>> TEXTS = Map.of(
    "description",
    List.of("description"),
    "hsn_sac",
    List.of("hsn_sac", "description"),
    "unit",
    List.of("unit", "quantity")
  );

  private final Draft draft;
  private final Header header;
  private final Supplier<ObjectNode> blankLine;

  ItemFields(Draft draft, Header header, Supplier<ObjectNode> blankLine) {
    this.draft = draft;
    this.header = header;
    this.blankLine = blankLine;
  }

  void write(List<Item> items) {
    var hsnOfPage = header
      .text("page_hsn")
      .flatMap(text -> Identifiers.hsnCodes(text.value()).stream().findFirst())
      .map(found -> found.value());
    var rateOfPage = rateOfPage();
    for (int index = 0; index < items.size(); index++) {
      var item = items.get(index);
      var path = "/line_items/" + index;
      var line = blankLine.get();
      draft.fields().withArray("/line_items").add(line);
      if (!item.description().isBlank()) {
        line.put("description", item.description());
      }
      item
        .hsn()
        .or(() -> hsnOfPage)
        .ifPresent(hsn -> line.put("hsn_sac", hsn));
      item.unit().ifPresent(unit -> line.put("unit", unit));
      put(line, "quantity", item.quantity());
      put(line, "unit_price", item.price());
      put(line, "discount", item.discount());
      put(line, "taxable_value", item.taxable());
      put(line, "gst_rate", item.rate().or(() -> rateOfPage));
      put(line, "cgst", item.cgst());
      put(line, "sgst", item.sgst());
      put(line, "igst", item.igst());
      put(line, "cess", item.cess());
      put(line, "total", item.total());
      draft.note(
        path,
        Phrase.of(
          item
            .row()
            .phrases()
            .stream()
            .flatMap(phrase -> phrase.tokens().stream())
            .toList()
        )
      );
      notePlaces(path, line, new CellPlaces(item.row()));
    }
  }

  private void notePlaces(String path, ObjectNode line, CellPlaces places) {
    line
      .properties()
      .forEach(field ->
        place(field.getKey(), field.getValue(), places).ifPresent(words ->
          draft.note(path + "/" + field.getKey(), words)
        )
      );
  }

  private static Optional<Phrase> place(String name, JsonNode value, CellPlaces places) {
    if (value.isNumber()) {
      return places.number(value.decimalValue(), NUMBERS.getOrDefault(name, List.of()));
    }
    if (!value.isTextual()) {
      return Optional.empty();
    }
    var place = places.text(value.asText(), TEXTS.getOrDefault(name, List.of()));
    return name.equals("description") ? place.or(() -> places.column(name)) : place;
  }

  private static void put(ObjectNode line, String name, Optional<BigDecimal> value) {
    value.ifPresent(amount -> line.put(name, amount));
  }

  /** Where the whole bill has one rate, its totals tell it. */
  private Optional<BigDecimal> rateOfPage() {
    var fields = draft.fields();
    var taxable = fields.path("taxable_total");
    if (!taxable.isNumber()) {
      return Optional.empty();
    }
    var tax = Stream.of("cgst_total", "sgst_total", "igst_total")
      .map(fields::path)
      .filter(JsonNode::isNumber)
      .map(JsonNode::decimalValue)
      .toList();
    return tax.isEmpty()
      ? Optional.empty()
      : Rates.of(tax.stream().reduce(BigDecimal.ZERO, BigDecimal::add), taxable.decimalValue());
  }
}
