package dev.billstep.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a reviewer types becomes what is stored. */
class CorrectedFieldsTest {

  private static final DocTypeSchema SCHEMA = new DocTypeSchema(
    DocType.BILL,
    1,
    json(
      """
      {"type": "object", "properties": {
        "invoice_date": {"type": ["string", "null"], "pattern": "^\\\\d{4}-\\\\d{2}-\\\\d{2}$"},
        "grand_total": {"type": ["number", "null"]},
        "line_items": {"type": "array", "items": {"$ref": "#/$defs/line"}},
        "payment": {"type": ["object", "null"], "required": ["method", "bank"], "properties": {
          "method": {"type": ["string", "null"]}, "bank": {"type": ["string", "null"]}}}},
       "$defs": {"line": {"type": "object", "required": ["description", "quantity"], "properties": {
         "description": {"type": ["string", "null"]}, "quantity": {"type": ["number", "null"]}}}}}
      """
    ),
    new Prompt("1", "Read it.")
  );

  private final CorrectedFields fields = new CorrectedFields(
    SCHEMA,
    json(
      """
      {"invoice_date": "2026-03-31", "grand_total": 100, "payment": null, "line_items": [
        {"description": "Cement", "quantity": 1}, {"description": "Sand", "quantity": 2}]}
      """
    ),
    LineKeys.of(json("{\"line_items\": [\"c.1\", \"s.1\"]}"))
  );

  @Test
  void amountsAndDatesAreTypedAsOnPaper() {
    assertThat(stored("/grand_total", "Rs. 1,18,000.50/-").decimalValue()).isEqualByComparingTo(
      "118000.5"
    );
    assertThat(stored("/invoice_date", "5/4/2026").asText()).isEqualTo("2026-04-05");
    assertThat(stored("/line_items/s.1/quantity", "12.000").decimalValue()).isEqualByComparingTo(
      "12"
    );
    assertThat(stored("/grand_total", " ").isNull()).isTrue();
  }

  @Test
  void whatAFieldCanNotSayIsRefusedInWords() {
    assertThatThrownBy(() -> stored("/grand_total", "ten"))
      .isInstanceOf(OperationRefused.class)
      .hasMessage("\"ten\" is not a number. Write it like 1,23,456.50.");
    assertThatThrownBy(() -> stored("/invoice_date", "soon")).hasMessage(
      "\"soon\" is not a date. Write it like 31-03-2026."
    );
    assertThatThrownBy(() -> stored("/no_such_field", "x")).hasMessageContaining("no field");
    assertThatThrownBy(() -> stored("/line_items/gone.1/quantity", "1")).hasMessageContaining(
      "no field"
    );
  }

  @Test
  void aLineIsWholeHoweverLittleOfItWasTyped() {
    var stored = stored("/line_items/new.a", Json.mapper().createObjectNode().put("quantity", "3"));
    assertThat(stored).hasToString("{\"description\":null,\"quantity\":3}");
    assertThat(fields.lines().of("line_items")).containsExactly("c.1", "s.1", "new.a");
  }

  @Test
  void linesAreMovedAndTakenOutByTheirKeys() {
    fields.change(FieldChange.of("/line_items", json("[\"s.1\", \"c.1\", \"unknown\"]")));
    fields.change(new FieldChange("/line_items/c.1", Optional.empty(), false));
    assertThat(fields.typed().stored().at("/line_items")).isEqualTo(
      json("[{\"description\": \"Sand\", \"quantity\": 2}]")
    );
    assertThat(fields.lines().of("line_items")).containsExactly("s.1");
  }

  @Test
  void aPartThatWasNotReadIsToldAsAWhole() {
    var changes = List.of(FieldChange.of("/payment/method", TextNode.valueOf("UPI")));
    changes.forEach(fields::change);
    assertThat(fields.toStore(changes)).containsExactly(
      FieldChange.of("/payment", json("{\"method\": \"UPI\", \"bank\": null}"))
    );
  }

  @Test
  void aPlaceIsTheSameByKeyAndByNumber() {
    var lines = LineKeys.of(json("{\"line_items\": [\"c.1\", \"s.1\"]}"));
    assertThat(lines.keyed("/line_items/1/quantity")).contains("/line_items/s.1/quantity");
    assertThat(lines.keyed("/line_items/2/quantity")).as("read no longer").isEmpty();
    assertThat(lines.keyed("/seller/gstin")).contains("/seller/gstin");
    assertThat(lines.pointer(List.of("line_items", "s.1", "quantity"))).isEqualTo(
      "/line_items/1/quantity"
    );
  }

  private JsonNode stored(String path, String typed) {
    return stored(path, TextNode.valueOf(typed));
  }

  private JsonNode stored(String path, JsonNode typed) {
    var changes = List.of(FieldChange.of(path, typed));
    changes.forEach(fields::change);
    return fields.toStore(changes).getFirst().typed();
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
