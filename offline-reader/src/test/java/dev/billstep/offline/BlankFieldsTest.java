package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BlankFieldsTest {

  private static final DocTypeSchema SCHEMA = new DocTypeSchema(
    DocType.BILL,
    2,
    json(
      """
      {"type": "object",
       "properties": {
         "number": {"type": ["string", "null"]},
         "seller": {"$ref": "#/$defs/party"},
         "items": {"type": "array", "items": {"type": "object", "properties": {"rate": {"type": "number"}}}}},
       "$defs": {"party": {"type": "object", "properties": {"name": {"type": "string"}}}}}
      """
    ),
    new Prompt("one", "Read it.")
  );

  @Test
  void whatTheSchemaDoesNotAskForIsLeftOut() {
    var read = json(
      """
      {"number": "1", "place": "Pune", "seller": {"name": "Shree", "gstin": "27"},
       "items": [{"rate": 5, "unit": "KG"}]}
      """
    );
    assertThat(new BlankFields(SCHEMA).within(read)).isEqualTo(
      json(
        """
        {"number": "1", "seller": {"name": "Shree"}, "items": [{"rate": 5}]}
        """
      )
    );
  }

  @Test
  void whatIsNotFoundIsNullOrAnEmptyList() {
    assertThat(new BlankFields(SCHEMA).document()).isEqualTo(
      json(
        """
        {"number": null, "seller": {"name": null}, "items": []}
        """
      )
    );
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
