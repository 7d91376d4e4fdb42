package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedValue.Box;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrintedFieldsTest {

  private static final List<Word> PAGE = List.of(
    new Word("Invoice No: SBT/12", 100, 50, 180, 20),
    new Word("Dated 03-Sep-25", 400, 50, 150, 20),
    new Word("Shree", 100, 90, 50, 20),
    new Word("Balaji", 160, 90, 60, 20),
    new Word("Bolt", 100, 130, 40, 20),
    new Word("500.00", 300, 130, 60, 20),
    new Word("Bolt", 100, 170, 40, 20),
    new Word("700.00", 300, 170, 60, 20),
    new Word("Total", 100, 210, 50, 20),
    new Word("1,200.00", 300, 210, 80, 20),
    new Word("Payable 1,200.00", 200, 250, 160, 20)
  );

  @Test
  void aPieceOfTextMayBeOfAnyLength() {
    var words = List.of(
      new Word("1:".repeat(100_000), 0, 0, 100, 20),
      new Word("x".repeat(100_000), 0, 40, 100, 20),
      new Word("12".repeat(50_000) + "%", 0, 80, 100, 20),
      new Word("SBT/12", 0, 120, 100, 20)
    );
    var fields = Json.mapper().createObjectNode().put("invoice_number", "SBT/12").put("total", 12);
    assertThat(PrintedFields.find(fields, words)).containsKey("/invoice_number");
  }

  @Test
  void aValueIsShownAsItIsPrintedAndWhereItStands() {
    assertThat(printed("{\"invoice_date\": \"2025-09-03\"}", "/invoice_date")).hasValue(
      new PrintedValue("03-Sep-25", Optional.of(new Box(460, 50, 90, 20)))
    );
    assertThat(printed("{\"invoice_number\": \"SBT/12\"}", "/invoice_number"))
      .map(PrintedValue::text)
      .hasValue("SBT/12");
  }

  @Test
  void aNameOfSeveralWordsIsOnePlace() {
    assertThat(printed("{\"seller\": {\"name\": \"Shree Balaji\"}}", "/seller/name")).hasValue(
      new PrintedValue("Shree Balaji", Optional.of(new Box(100, 90, 120, 20)))
    );
  }

  @Test
  void aTotalThatIsPrintedTwiceIsShownWhereItStandsLast() {
    assertThat(printed("{\"grand_total\": 1200}", "/grand_total"))
      .flatMap(PrintedValue::box)
      .map(Box::y)
      .hasValue(250);
  }

  @Test
  void rowsThatSayTheSameAreToldApartByTheirOrder() {
    var fields =
      "{\"line_items\": [{\"description\": \"Bolt\", \"total\": 500}, {\"description\": \"Bolt\"}]}";
    assertThat(printed(fields, "/line_items/0")).map(PrintedValue::text).hasValue("Bolt 500.00");
    assertThat(printed(fields, "/line_items/1")).map(PrintedValue::text).hasValue("Bolt 700.00");
  }

  @Test
  void whatIsNotOnThePageHasNoPlace() {
    assertThat(printed("{\"irn\": \"abc\", \"grand_total\": 7}", "/irn")).isEmpty();
  }

  private static Optional<PrintedValue> printed(String fields, String path) {
    var tree = Json.read(fields.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    return Optional.ofNullable(PrintedFields.find(tree, PAGE).get(path));
  }
}
