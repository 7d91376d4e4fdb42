package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedValue.Box;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
  void aValueOfARowIsShownInItsOwnCell() {
    var fields =
      "{\"line_items\": [{\"description\": \"Bolt\", \"total\": 500}, {\"description\": \"Bolt\", \"total\": 700}]}";
    assertThat(printed(fields, "/line_items/1/total")).hasValue(
      new PrintedValue("700.00", Optional.of(new Box(300, 170, 60, 20)))
    );
    assertThat(printed(fields, "/line_items/0/description"))
      .flatMap(PrintedValue::box)
      .map(Box::y)
      .hasValue(130);
    assertThat(
      printed(
        "{\"line_items\": [{\"description\": \"Bolt\", \"total\": 7}]}",
        "/line_items/0/total"
      )
    ).isEmpty();
  }

  @Test
  void numbersThatSeveralCellsSayAreToldApartByTheOtherRows() {
    var page = List.of(
      new Word("1", 10, 50, 10, 20),
      new Word("Bolt M8", 50, 50, 90, 20),
      new Word("1 NOS", 200, 50, 50, 20),
      new Word("500.00", 300, 50, 60, 20),
      new Word("500.00", 400, 50, 60, 20),
      new Word("18%", 500, 50, 30, 20),
      new Word("2", 10, 90, 10, 20),
      new Word("Nut", 50, 90, 40, 20),
      new Word("3 NOS", 200, 90, 50, 20),
      new Word("20.00", 300, 90, 60, 20),
      new Word("60.00", 400, 90, 60, 20),
      new Word("18%", 500, 90, 30, 20)
    );
    var row =
      "{\"description\": \"%s\", \"quantity\": %s, \"unit\": \"NOS\", \"unit_price\": %s, \"taxable_value\": %s, \"gst_rate\": 18}";
    var fields = "{\"line_items\": [%s, %s]}".formatted(
      row.formatted("Bolt M8", "1", "500", "500"),
      row.formatted("Nut", "3", "20", "60")
    );
    assertThat(left(fields, page, "/line_items/0/quantity")).hasValue(200);
    assertThat(left(fields, page, "/line_items/0/unit_price")).hasValue(300);
    assertThat(left(fields, page, "/line_items/0/taxable_value")).hasValue(400);
    assertThat(left(fields, page, "/line_items/1/gst_rate")).hasValue(500);
    // Of a single row, the order of the columns tells.
    var alone = "{\"line_items\": [%s]}".formatted(row.formatted("Bolt M8", "1", "500", "500"));
    assertThat(left(alone, page, "/line_items/0/quantity")).hasValue(200);
    assertThat(left(alone, page, "/line_items/0/taxable_value")).hasValue(400);
  }

  @Test
  void aDescriptionThatGoesOnBelowIsOnePlace() {
    var page = List.of(
      new Word("LED panel", 50, 50, 90, 20),
      new Word("9405", 200, 50, 40, 20),
      new Word("412.00", 300, 50, 60, 20),
      new Word("light 18W", 50, 74, 90, 20)
    );
    var fields =
      "{\"line_items\": [{\"description\": \"LED panel light 18W\", \"hsn_sac\": \"9405\", \"unit_price\": 412}]}";
    assertThat(printed(fields, page, "/line_items/0/description"))
      .flatMap(PrintedValue::box)
      .hasValue(new Box(50, 50, 90, 44));
    assertThat(left(fields, page, "/line_items/0/unit_price")).hasValue(300);
  }

  @Test
  void aRowOfAPageThatWasLaidAskewIsFollowedToItsOtherEdge() {
    var straight = List.of(
      new Word("Turmeric", 100, 500, 120, 30),
      new Word("powder", 230, 500, 100, 30),
      new Word("55", 700, 500, 40, 30),
      new Word("5,280.00", 1200, 500, 120, 30),
      new Word("5%", 1500, 500, 40, 30),
      new Word("Basmati", 100, 550, 120, 30),
      new Word("rice", 230, 550, 60, 30),
      new Word("116", 700, 550, 50, 30),
      new Word("9,280.00", 1200, 550, 120, 30),
      new Word("5%", 1500, 550, 40, 30)
    );
    var askew = straight
      .stream()
      .map(word ->
        new Word(word.text(), word.x(), word.y() - 0.03 * word.x(), word.width(), word.height())
      )
      .toList();
    var fields =
      "{\"line_items\": [{\"description\": \"Turmeric powder\", \"taxable_value\": 5280, \"gst_rate\": 5}]}";
    assertThat(printed(fields, askew, "/line_items/0/gst_rate"))
      .flatMap(PrintedValue::box)
      .map(Box::y)
      .hasValueSatisfying(y -> assertThat(y).isBetween(450, 457));
    assertThat(left(fields, askew, "/line_items/0/taxable_value")).hasValue(1200);
  }

  @Test
  void aRowsNumbersMayStandAboveTheTextThatTellsIt() {
    var page = List.of(
      new Word("Tea", 50, 50, 40, 20),
      new Word("1", 200, 50, 10, 20),
      new Word("80.00", 300, 50, 50, 20),
      new Word("HSN 0902", 50, 100, 90, 20),
      new Word("Tea", 50, 150, 40, 20),
      new Word("1", 200, 150, 10, 20),
      new Word("80.00", 300, 150, 50, 20),
      new Word("HSN 0902", 50, 200, 90, 20)
    );
    var row = "{\"hsn_sac\": \"0902\", \"quantity\": 1, \"total\": 80}";
    var fields = "{\"line_items\": [%s, %s]}".formatted(row, row);
    assertThat(printed(fields, page, "/line_items/0/total"))
      .flatMap(PrintedValue::box)
      .map(Box::y)
      .hasValue(50);
    assertThat(printed(fields, page, "/line_items/1/total"))
      .flatMap(PrintedValue::box)
      .map(Box::y)
      .hasValue(150);
  }

  @Test
  void aRowWhoseTextIsSaidBeforeItStandsWhereMoreOfItIs() {
    var page = List.of(
      new Word("Mode: Road", 50, 50, 90, 20),
      new Word("Road", 50, 300, 40, 20),
      new Word("KA15BR2182", 150, 300, 120, 20),
      new Word("Bengaluru", 300, 300, 90, 20)
    );
    var fields =
      "{\"vehicles\": [{\"mode\": \"Road\", \"vehicle_number\": \"KA15BR2182\", \"from\": \"Bengaluru\"}]}";
    assertThat(printed(fields, page, "/vehicles/0/mode"))
      .flatMap(PrintedValue::box)
      .map(Box::y)
      .hasValue(300);
  }

  @Test
  void aPageThatSaysOneNumberEverywhereIsLookedThrough() {
    var page = IntStream.range(0, 20_000)
      .mapToObj(number -> new Word("7", (number % 200) * 12, (number / 200) * 3, 10, 20))
      .toList();
    var fields =
      "{\"line_items\": [{\"description\": \"7\", \"quantity\": 7, \"unit_price\": 7, \"total\": 7}]}";
    assertThat(printed(fields, page, "/line_items/0/quantity")).isPresent();
  }

  @Test
  void whatIsNotOnThePageHasNoPlace() {
    assertThat(printed("{\"irn\": \"abc\", \"grand_total\": 7}", "/irn")).isEmpty();
  }

  private static Optional<Integer> left(String fields, List<Word> page, String path) {
    return printed(fields, page, path).flatMap(PrintedValue::box).map(Box::x);
  }

  private static Optional<PrintedValue> printed(String fields, String path) {
    return printed(fields, PAGE, path);
  }

  private static Optional<PrintedValue> printed(String fields, List<Word> page, String path) {
    var tree = Json.read(fields.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    return Optional.ofNullable(PrintedFields.find(tree, page).get(path));
  }
}
