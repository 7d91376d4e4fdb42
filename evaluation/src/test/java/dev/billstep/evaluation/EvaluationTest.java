package dev.billstep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private final Evaluation evaluation = new Evaluation();

  @Test
  void aDocumentIsEntirelyRightWhereEveryPrintedValueWasRead() {
    add(
      "{'invoice_number': 'A/1', 'invoice_date': '2026-01-02', 'grand_total': 12.5}",
      "bill",
      "{'invoice_number': 'a / 1', 'invoice_date': '2026-01-02', 'grand_total': 12.50, 'irn': 'x'}"
    );
    var result = evaluation.result();
    assertThat(result.entirelyRight()).isEqualTo(1);
    assertThat(result.identifying().f1()).isEqualTo(1.0);
    assertThat(result.misses()).isEmpty();
  }

  @Test
  void aWrongValueCostsPrecisionAndRecallAMissingOneRecallAlone() {
    add("{'invoice_number': '1', 'grand_total': 5}", "bill", "{'invoice_number': '2'}");
    var score = evaluation.result().identifying();
    assertThat(score).isEqualTo(new Score(0, 1, 2));
    assertThat(evaluation.result().misses())
      .extracting(Miss::path)
      .containsExactlyInAnyOrder("invoice_number", "grand_total");
  }

  @Test
  void aPageThatIsTakenForAnotherTypeShowsInTheConfusion() {
    add("{}", "unknown", "{}");
    assertThat(evaluation.result().confusion().get("bill")).containsEntry("unknown", 1);
    assertThat(evaluation.result().accuracy()).isZero();
  }

  @Test
  void rowsAreHeldAgainstThoseThatAreMostLikeThemWhateverTheirOrder() {
    add(
      "{'line_items': [{'description': 'bolts', 'quantity': 1}, {'description': 'nuts', 'quantity': 2}]}",
      "bill",
      "{'line_items': [{'description': 'nuts', 'quantity': 2}, {'description': 'bolts', 'quantity': 3}," +
        " {'description': 'invented'}]}"
    );
    assertThat(evaluation.result().rows()).isEqualTo(new Score(3, 2, 1));
  }

  @Test
  void whatPagesWithoutAFlagSayIsCountedByItself() {
    var expected = json(
      "{'page_number': 1, 'doc_type': 'bill', 'fields': {'invoice_number': '1', 'grand_total': 5}}"
    );
    var row =
      "{'page_number': 1, 'doc_type': 'bill', 'needs_review': %s, 'ocr_payload': {'fields': {'invoice_number': '1'}}}";
    evaluation.add("flagged.pdf", List.of(expected), List.of(json(row.formatted(true))));
    evaluation.add("unflagged.pdf", List.of(expected), List.of(json(row.formatted(false))));
    assertThat(evaluation.result().trust()).isEqualTo(new Trust(1, 2, 1, 1));
  }

  @Test
  void everyFamilyIsCountedByItself() {
    var page =
      "{'page_number': 1, 'doc_type': 'bill', 'layout': '%s', 'fields': {'invoice_number': '1'}}";
    var row =
      "{'page_number': 1, 'doc_type': 'bill', 'ocr_payload': {'fields': {'invoice_number': '%s'}}}";
    evaluation.add("a.pdf", List.of(json(page.formatted("GRID"))), List.of(json(row.formatted(1))));
    evaluation.add("b.pdf", List.of(json(page.formatted("OPEN"))), List.of(json(row.formatted(2))));
    var families = evaluation.result().families();
    assertThat(families).hasEntrySatisfying("GRID", grid -> {
      assertThat(grid.identifying()).isEqualTo(new Score(1, 0, 0));
      assertThat(grid.entirelyRight()).isEqualTo(1);
    });
    assertThat(families).hasEntrySatisfying("OPEN", open ->
      assertThat(open.identifying()).isEqualTo(new Score(0, 1, 1))
    );
    assertThat(evaluation.result().table()).contains("GRID", "OPEN");
  }

  @Test
  void withoutALayoutADocumentsNameTellsItsFamily() {
    var page = json("{'page_number': 1, 'doc_type': 'unknown', 'fields': {}}");
    for (var name : List.of("bill_tally_1709.pdf", "bill_tally_acme.pdf", "letter-7.pdf")) {
      evaluation.add(name, List.of(page), List.of());
    }
    assertThat(evaluation.result().families()).containsOnlyKeys("bill_tally", "letter");
  }

  @Test
  void aMissSaysWhetherThePageWasTakenForAnotherOrTheValueWasSeenAtAll() {
    var expected = json(
      "{'page_number': 1, 'doc_type': 'bill', 'fields': {'invoice_number': 'A-1'," +
        " 'invoice_date': '2026-02-01', 'grand_total': 1250.5, 'igst_total': 9}}"
    );
    var row =
      "{'page_number': 1, 'doc_type': '%s', 'ocr_payload': {'fields': {'invoice_date': '2026-01-02'}," +
      " 'text': 'Bill A/1 of 01-Feb-26, due 02-Jan-26: 1,250.50'}}";
    evaluation.add("a.pdf", List.of(expected), List.of(json(row.formatted("bill"))));
    assertThat(evaluation.result().causes()).isEqualTo(
      Map.of(Cause.NOT_FOUND, 2, Cause.OTHER_TAKEN, 1, Cause.NOT_SEEN, 1)
    );
    evaluation.add("b.pdf", List.of(expected), List.of(json(row.formatted("unknown"))));
    assertThat(evaluation.result().causes()).containsEntry(Cause.CLASS, 5);
  }

  @Test
  void pagesOfLikeConfidenceShowHowManyOfThemAreRight() {
    var expected = json(
      "{'page_number': 1, 'doc_type': 'bill', 'fields': {'invoice_number': '1'}}"
    );
    var row =
      "{'page_number': 1, 'doc_type': 'bill', 'confidence': %s, 'ocr_payload': {'fields': {'invoice_number': '%s'}}}";
    for (var each : List.of(
      row.formatted("0.96", 1),
      row.formatted("0.97", 2),
      row.formatted("0.2", 2)
    )) {
      evaluation.add("a.pdf", List.of(expected), List.of(json(each)));
    }
    assertThat(evaluation.result().reliability())
      .extracting(Reliability::from, Reliability::pages, Reliability::right)
      .containsExactly(tuple(0.0, 1, 0.0), tuple(0.95, 2, 0.5));
  }

  @Test
  void thePageShowsEveryMissBesideItsImageWithoutAServer() {
    add("{'invoice_number': '<1>'}", "bill", "{'invoice_number': '2'}");
    var page = EvaluationPage.of(evaluation.result(), uri -> new byte[] { 1, 2, 3 });
    assertThat(page).contains("data:image/png;base64,AQID", "&lt;1&gt;", "invoice_number");
    assertThat(page).doesNotContain("http://", "https://");
  }

  private void add(String expected, String type, String fields) {
    var page = "{'page_number': 1, 'doc_type': 'bill', 'fields': %s}".formatted(expected);
    var row =
      "{'page_number': 1, 'doc_type': '%s', 'storage_uri': '%s', 'ocr_payload': {'fields': %s}}".formatted(
        type,
        URI.create("file:///page-1.png"),
        fields
      );
    evaluation.add("document.pdf", List.of(json(page)), List.of(json(row)));
  }

  private static JsonNode json(String text) {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
