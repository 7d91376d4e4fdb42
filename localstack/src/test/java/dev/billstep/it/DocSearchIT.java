package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.job.UserId;
import dev.billstep.operation.DocSearch;
import dev.billstep.operation.DocSearch.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages are found by what stands on them. */
@ExtendWith(OnEmbeddedDatabase.class)
class DocSearchIT {

  private final EmbeddedDatabase database;
  private final UUID user = UUID.randomUUID();
  private TestJob job;

  DocSearchIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void aBillAndALetter() {
    job = TestJob.of(database.supabase(), user);
    var bill = new HashMap<String, Object>(TestJob.page(1, ""));
    bill.put(
      "ocr_payload",
      Map.of(
        "text",
        "Asha Traders, पुणे\nTotal: 1,18,050.00 only",
        "fields",
        Map.of(
          "invoice_number",
          "VAC/25-26/66511",
          "seller",
          Map.of("name", "Asha Traders", "gstin", "29ABCDE1234F1Z5"),
          "grand_total",
          118050
        ),
        "findings",
        List.of()
      )
    );
    var letter = new HashMap<String, Object>(TestJob.page(2, "Dear Sir or Madam"));
    letter.put("doc_type", "unknown");
    letter.put("status", "unknown");
    job.persist(job.claimed("run-" + job.id(), "v1"), List.of(bill, letter));
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "VAC/25-26/66511",
      "vac/25-26",
      "66511",
      "ASHA traders",
      "trad asha",
      "29abcde1234f1z5",
      "1,18,050.00",
      "118050",
      "पुणे",
      "&|!:* asha",
    }
  )
  void byANumberAPartyAnAmountOrTheBeginningsOfWords(String text) {
    assertThat(find(text))
      .singleElement()
      .satisfies(page -> {
        assertThat(page.path("page_number").asInt()).isEqualTo(1);
        assertThat(page.path("number").asText()).isEqualTo("VAC/25-26/66511");
        assertThat(page.path("party").asText()).isEqualTo("Asha Traders");
        assertThat(page.path("amount").asInt()).isEqualTo(118050);
      });
  }

  @ParameterizedTest
  @ValueSource(strings = { "asha madam", "raders", "66512", "'; DROP TABLE \"Doc\"" })
  void whereAWordIsMissingThePageIsNotFound(String text) {
    assertThat(find(text)).isEmpty();
  }

  @Test
  void withoutWordsAllAreThereTheNewestFirstAPageAtATime() {
    var search = new DocSearch(database.supabase());
    var all = wanted("", Optional.empty());
    var first = search.find(all, Optional.empty(), 1);
    var second = search.find(all, Optional.of(first.getFirst()), 1);
    assertThat(search.find(all, Optional.of(second.getFirst()), 1)).isEmpty();
    assertThat(List.of(first.getFirst(), second.getFirst()))
      .extracting(page -> page.path("page_number").asInt())
      .containsExactlyInAnyOrder(1, 2);
    assertThat(search.find(wanted("", Optional.of(DocType.UNKNOWN)), Optional.empty(), 9)).hasSize(
      1
    );
  }

  @Test
  void aPageIsFoundByWhatAReviewerHasMadeOfIt() {
    TestJob.reviewed(
      database.supabase(),
      "correct_doc",
      job.docIds().getFirst(),
      Map.of("p_changes", List.of(Map.of("path", "/invoice_number", "value", "KLM-9")))
    );
    assertThat(find("klm 9")).isNotEmpty();
    assertThat(find("klm-9").getFirst().path("number").asText()).isEqualTo("KLM-9");
  }

  private List<JsonNode> find(String text) {
    return new DocSearch(database.supabase()).find(
      wanted(text, Optional.empty()),
      Optional.empty(),
      9
    );
  }

  private Wanted wanted(String text, Optional<DocType> type) {
    return new Wanted(
      text,
      type,
      Optional.empty(),
      Optional.empty(),
      Optional.of(new UserId(user))
    );
  }
}
