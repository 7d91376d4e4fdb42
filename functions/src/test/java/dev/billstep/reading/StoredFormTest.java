package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
          "reverse_charge": { "type": ["boolean", "null"] },
          "payment": {
            "type": ["object", "null"],
            "properties": { "bank": { "$ref": "#/$defs/text" }, "method": { "$ref": "#/$defs/text" } }
          },
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
      "grand_total | '\"3.500\"' | 3.500",
      "grand_total | '\"18.0%\"' | 18.0",
      "grand_total | '\"null\"' | null",
      "grand_total | '\"(12.00)\"' | -12.00",
      "grand_total | '\"- 0.40\"' | -0.40",
      "grand_total | '\"-\"' | null",
      "grand_total | '\"Nil\"' | null",
      "grand_total | '\"\"' | null",
      "reverse_charge | '\"No\"' | false",
      "reverse_charge | '\"yes\"' | true",
      "reverse_charge | '\"\"' | null",
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
  void aPartOfWhichNothingIsOnThePageIsMissing() {
    var form = StoredForm.of(SCHEMA, json("{\"payment\": {\"bank\": \"\", \"method\": \"\"}}"));
    assertThat(form.fields().path("payment").isNull()).isTrue();
    var paid = StoredForm.of(SCHEMA, json("{\"payment\": {\"bank\": \"\", \"method\": \"UPI\"}}"));
    assertThat(paid.fields().at("/payment/method").asText()).isEqualTo("UPI");
  }

  @Test
  void rowsOfTablesAreStoredInTheirFormToo() {
    var form = StoredForm.of(SCHEMA, json("{\"line_items\": [{\"total\": \"1,200.50\"}]}"));
    assertThat(form.fields().at("/line_items/0/total").decimalValue()).isEqualByComparingTo(
      "1200.50"
    );
    assertThat(form.asGiven()).containsEntry("/line_items/0/total", "1,200.50");
  }

  @ParameterizedTest
  @CsvSource({
    "1e999999999",
    "1e300000000",
    "1e10000000",
    "-1e15",
    "999999999999999.9999999",
    "1234567890123456",
  })
  void aNumberThatIsTooLargeIsKeptAsTextAndIsAProblem(String number) {
    var form = StoredForm.of(SCHEMA, field("grand_total", number));
    assertThat(form.fields().path("grand_total").isTextual()).isTrue();
    assertThat(form.problems())
      .singleElement()
      .asString()
      .startsWith("/grand_total: the number ")
      .hasSizeLessThan(80);
  }

  @Test
  void aNumberThatIsNoneIsAProblem() {
    for (var none : new double[] { Double.NaN, Double.POSITIVE_INFINITY }) {
      var fields = Json.mapper().createObjectNode().put("grand_total", none);
      assertThat(StoredForm.of(SCHEMA, fields).problems()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "999999999999999, 999999999999999",
    "-0.1234567, -0.123457",
    "33.33333333333, 33.333333",
    "9E+2, 900",
    "0.0000004, 0.000000",
    "1e-999999999, 0",
    "0e999999999, 0",
  })
  void aNumberHasNoMoreDigitsThanAreStored(String given, String stored) {
    var form = StoredForm.of(SCHEMA, field("grand_total", given));
    assertThat(form.fields().path("grand_total").asText()).isEqualTo(stored);
    assertThat(form.problems()).isEmpty();
  }

  @Test
  void aLongValueIsHeldAgainstNoPattern() {
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
      for (var long150K : new String[] {
        "Rs" + " ".repeat(150_000),
        "1".repeat(150_000),
        "1,".repeat(75_000) + "%",
        "- ".repeat(75_000),
      }) {
        for (var field : new String[] { "grand_total", "invoice_date", "gstin" }) {
          var fields = Json.mapper()
            .createObjectNode()
            .put(field, long150K + "x");
          assertThat(StoredForm.of(SCHEMA, fields).fields().path(field).asText()).isNotEmpty();
        }
      }
    });
  }

  private static JsonNode field(String name, String value) {
    return json("{\"%s\": %s}".formatted(name, value));
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
