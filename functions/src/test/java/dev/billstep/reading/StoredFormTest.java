package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredFormTest {

  private static final DocTypeSchema SCHEMA = new DocTypeSchema(
    DocType.BILL,
    1,
    json(
      """
      {
        "properties": {
          "invoice_number": { "$ref": "#/$defs/text" },
          "invoice_date": { "$ref": "#/$defs/date" },
          "generated_at": { "$ref": "#/$defs/moment" },
          "gstin": { "$ref": "#/$defs/text" },
          "vehicle_number": { "$ref": "#/$defs/text" },
          "eway_bill_number": { "$ref": "#/$defs/text" },
          "grand_total": { "$ref": "#/$defs/number" },
          "line_items": { "items": { "properties": { "total": { "$ref": "#/$defs/number" } } } }
        },
        "$defs": {
          "text": { "type": ["string", "null"] },
          "number": { "type": ["number", "null"] },
          "date": { "type": ["string", "null"], "pattern": "^\\\\d{4}-\\\\d{2}-\\\\d{2}$" },
          "moment": {
            "type": ["string", "null"],
            "pattern": "^\\\\d{4}-\\\\d{2}-\\\\d{2}(T\\\\d{2}:\\\\d{2})?$"
          }
        }
      }"""
    ),
    new Prompt("1", "")
  );

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "invoice_date | '\"03-Sep-25\"' | '\"2025-09-03\"'",
      "generated_at | '\"26/08/2025 02:05 PM\"' | '\"2025-08-26T14:05\"'",
      "gstin | '\"27aapfu 0939f1zv\"' | '\"27AAPFU0939F1ZV\"'",
      "vehicle_number | '\"ka 15-br 2182\"' | '\"KA15BR2182\"'",
      "eway_bill_number | '\"5363 0657 8165\"' | '\"536306578165\"'",
      "grand_total | '\"Rs. 1,23,456.00\"' | 123456.00",
      "grand_total | '\"500.50/-\"' | 500.50",
      "invoice_number | 1007 | '\"1007\"'",
      "invoice_number | '\"  \"' | null",
    }
  )
  void aValueIsStoredInItsFormAndItsOwnIsKeptBesideIt(String field, String given, String stored) {
    var form = StoredForm.of(SCHEMA, field(field, given));
    assertThat(form.fields()).isEqualTo(field(field, stored));
    assertThat(form.asGiven()).containsEntry("/" + field, json(given).asText());
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "invoice_date | '\"31/02/2025\"'",
      "invoice_date | '\"2025-09-03\"'",
      "grand_total | '\"about 500\"'",
      "grand_total | 500.00",
      "eway_bill_number | '\"5363 0657\"'",
      "invoice_number | '\"INV - 12\"'",
      "invoice_number | null",
    }
  )
  void whatHasItsFormOrCanNotHaveItStaysAsItIs(String field, String given) {
    var form = StoredForm.of(SCHEMA, field(field, given));
    assertThat(form.fields()).isEqualTo(field(field, given));
    assertThat(form.asGiven()).isEmpty();
  }

  @Test
  void rowsOfTablesAreStoredInTheirFormToo() {
    var form = StoredForm.of(SCHEMA, json("{\"line_items\": [{\"total\": \"1,200.50\"}]}"));
    assertThat(form.fields().at("/line_items/0/total").decimalValue()).isEqualByComparingTo(
      "1200.50"
    );
    assertThat(form.asGiven()).containsEntry("/line_items/0/total", "1,200.50");
  }

  private static JsonNode field(String name, String value) {
    return json("{\"%s\": %s}".formatted(name, value));
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
