package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.supabase.SupabaseClient;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that are one document: a bill of several pages is one bill, and each page keeps its row. */
@ExtendWith(OnEmbeddedDatabase.class)
class JoinedPagesIT {

  private static final String CANT_BE_DONE = "BS005";
  private static final String CHANGED = "BS008";
  private static final String CLAIMED = "BS009";
  private static final String ASHA = "Asha";
  private static final String BINA = "Bina";

  private static final String HEAD = "head";
  private static final String LINES = "lines";
  private static final String TOTALS = "totals";

  private final SupabaseClient supabase;
  private final EmbeddedDatabase database;
  private TestJob job;

  JoinedPagesIT(EmbeddedDatabase database) {
    this.database = database;
    this.supabase = database.supabase();
  }

  @BeforeEach
  void aBillOfThreePages() {
    job = TestJob.uploaded(supabase);
    read("v1", List.of(ofBill(1, HEAD, LINES), ofBill(2, LINES), ofBill(3, LINES, TOTALS)));
  }

  @Test
  void aBillOfThreePagesHasOneHeadTheLinesOfAllAndTheTotalsOfTheLast() {
    join(1, 2, 3);
    var bill = page(1).path("document_fields");
    assertThat(bill.path("invoice_number").asText()).isEqualTo("INV-1");
    assertThat(bill.at("/seller/name").asText()).isEqualTo("Bharat Traders");
    assertThat(bill.path("line_items"))
      .extracting(line -> line.path("description").asText())
      .containsExactly("item 1", "item 2", "item 3");
    assertThat(bill.path("grand_total").asInt()).isEqualTo(300);
    assertThat(forReview(2).at("/document/origins/grand_total").asInt()).isEqualTo(3);
    assertThat(forReview(2).at("/document/origins/invoice_number").asInt()).isEqualTo(1);
    assertThat(page(1).path("document_key").asText()).isEqualTo("bill 27AAPFU0939F1ZV 2026 INV1");
    assertThat(job.docs()).as("a row a page").hasSize(3);
    assertThat(job.docs())
      .extracting(doc -> doc.path("place").asInt())
      .containsExactly(1, 2, 3);
  }

  @Test
  void whatTheListSaysOfItIsOfAllPages() {
    join(1, 2, 3);
    var row = supabase
      .selectOne("JobListing", Map.of("job_thread_id", "eq." + job.id()))
      .orElseThrow();
    assertThat(row.path("number").asText()).isEqualTo("INV-1");
    assertThat(row.path("amount").asInt()).isEqualTo(300);
    assertThat(row.path("pages").asInt()).isEqualTo(3);
  }

  @Test
  void aCorrectionOfAPageIsOneOfItsDocument() {
    join(1, 2, 3);
    correct(3, "/grand_total", 354);
    correct(2, "/line_items/" + forReview(2).at("/lines/line_items/0").asText() + "/quantity", 7);
    var bill = page(1).path("document_fields");
    assertThat(bill.path("grand_total").asInt()).isEqualTo(354);
    assertThat(bill.at("/line_items/1/quantity").asInt()).isEqualTo(7);
    assertThat(page(3).at("/ocr_payload/fields/grand_total").asInt())
      .as("what was read")
      .isEqualTo(300);
  }

  @Test
  void whoHasSeenADocumentBeforeAnotherPageOfItChangedOverwritesNothing() {
    join(1, 2, 3);
    var seen = page(1);
    correct(3, "/grand_total", 354);
    TestDatabase.assertRefused(CHANGED, () -> decide(seen, "approved"));
  }

  @Test
  void itIsApprovedAndOpenedAgainAsAWhole() {
    join(1, 2, 3);
    decide(page(2), "approved");
    assertThat(job.docs()).allMatch(doc -> doc.path("review").asText().equals("approved"));
    assertThat(job.docs()).allMatch(doc -> doc.path("reviewed_by").asText().equals(ASHA));
    TestDatabase.assertRefused(CANT_BE_DONE, () -> join(1, 2));
    decide(page(3), "to_review");
    assertThat(job.docs()).allMatch(doc -> doc.path("review").asText().equals("to_review"));
  }

  @Test
  void aPageWithoutFieldsIsApprovedWithItsDocument() {
    read("v2", List.of(ofBill(1, HEAD, LINES, TOTALS), unread(2)));
    join(1, 2);
    decide(page(1), "approved");
    assertThat(job.docs()).allMatch(doc -> doc.path("review").asText().equals("approved"));
  }

  @Test
  void oneRecordADocumentIsExportedAndOnce() {
    join(1, 2, 3);
    decide(page(1), "approved");
    var exported = exported();
    assertThat(exported).hasSize(1);
    assertThat(exported.getFirst().path("pages"))
      .extracting(JsonNode::asInt)
      .containsExactly(1, 2, 3);
    assertThat(exported.getFirst().at("/fields/line_items")).hasSize(3);
    assertThat(exported.getFirst().at("/fields/grand_total").asInt()).isEqualTo(300);
  }

  @Test
  void aPageThatIsSplitOffIsADocumentByItself() {
    join(1, 2, 3);
    arrange(List.of(List.of(3)), List.of());
    assertThat(page(3).path("place").isNull()).isTrue();
    assertThat(page(1).path("document_fields").path("line_items")).hasSize(2);
    assertThat(page(1).path("document_fields").path("grand_total").isNull()).isTrue();
    arrange(List.of(List.of(2)), List.of());
    assertThat(page(1).path("document_fields").isNull()).isTrue();
    assertThat(page(1).path("place").isNull()).isTrue();
  }

  @Test
  void aPageIsMovedToAnotherDocumentAndToAnotherPlace() {
    read(
      "v2",
      List.of(
        ofBill(1, HEAD, LINES),
        ofBill(2, LINES, TOTALS),
        otherBill(3, HEAD, LINES),
        otherBill(4, LINES, TOTALS)
      )
    );
    arrange(List.of(List.of(1, 2, 4), List.of(3)), List.of());
    arrange(List.of(List.of(3, 4)), List.of());
    assertThat(descriptions(1)).containsExactly("item 1", "item 2");
    assertThat(descriptions(3)).containsExactly("item 3", "item 4");
    arrange(List.of(List.of(4, 3)), List.of());
    assertThat(descriptions(4)).containsExactly("item 4", "item 3");
    assertThat(page(3).path("head_id")).isEqualTo(page(4).path("id"));
  }

  @Test
  void whoSaidSoAndWhenIsKept() {
    join(1, 2, 3);
    arrange(List.of(List.of(3)), List.of());
    var said = supabase.select(
      "DocPlacement",
      "created_at.asc,place.asc",
      Map.of("job_thread_id", "eq." + job.id())
    );
    assertThat(said).hasSize(4);
    assertThat(said).allMatch(placement -> placement.path("actor").asText().equals(ASHA));
  }

  @Test
  void theSameRequestAgainChangesNothing() {
    var request = arrangement(List.of(List.of(1, 2)), List.of());
    supabase.call("arrange_docs", request);
    var before = job.docs();
    supabase.call("arrange_docs", request);
    assertThat(job.docs()).isEqualTo(before);
  }

  @Test
  void aReadingOfTheSamePagesLeavesThemOneDocument() {
    join(1, 2, 3);
    replay(List.of(ofBill(1, HEAD, LINES), ofBill(2, LINES), ofBill(3, LINES)));
    assertThat(job.docs())
      .extracting(doc -> doc.path("place").asInt())
      .containsExactly(1, 2, 3);
    assertThat(page(1).path("document_fields").path("grand_total").isNull()).isTrue();
    assertThat(findings(2)).as("somebody has said so").isEmpty();
  }

  @Test
  void aPageOfAnotherImageIsNotOfTheDocumentUntilSomebodySaysSo() {
    join(1, 2, 3);
    decide(page(1), "approved");
    var other = new HashMap<>(ofBill(2, LINES));
    other.put("storage_uri", "file:///another");
    read("v2", List.of(ofBill(1, HEAD, LINES), other, ofBill(3, LINES, TOTALS)));
    assertThat(page(2).path("place").isNull()).isTrue();
    assertThat(page(3).path("head_id")).isEqualTo(page(1).path("id"));
    assertThat(job.docs())
      .as("decided about as a whole")
      .allMatch(doc -> doc.path("review").asText().equals("to_review"));
    assertThat(page(1).path("review_note").asText()).isNotEmpty();
    read("v3", List.of(ofBill(1, HEAD, LINES), ofBill(2, LINES), ofBill(3, LINES, TOTALS)));
    assertThat(page(2).path("place").asInt()).as("the page is back").isEqualTo(2);
  }

  @Test
  void aPageThatIsGoneLeavesTheOthersTheirDocument() {
    join(1, 2, 3);
    read("v2", List.of(ofBill(1, HEAD, LINES), ofBill(2, LINES)));
    assertThat(job.docs())
      .extracting(doc -> doc.path("place").asInt())
      .containsExactly(1, 2);
    assertThat(descriptions(1)).containsExactly("item 1", "item 2");
    read("v3", List.of(ofBill(1, HEAD, LINES)));
    assertThat(page(1).path("place").isNull()).isTrue();
  }

  @Test
  void aReadingThatDiffersOpensAllPagesOfAnApprovedDocument() {
    join(1, 2, 3);
    decide(page(1), "approved");
    replayApproved(List.of(ofBill(1, HEAD, LINES), ofBill(2, LINES), ofBill(3, LINES)));
    assertThat(job.docs()).allMatch(doc -> doc.path("review").asText().equals("to_review"));
    assertThat(page(1).path("review_note").asText()).isEqualTo(
      "Another page of its document has to be looked at again."
    );
  }

  @Test
  void whatSomebodyHasOpenNobodyElseArrangesNorOpensAnotherPageOf() {
    join(1, 2);
    claim(BINA, 2);
    TestDatabase.assertRefused(CLAIMED, () -> join(1, 2, 3));
    TestDatabase.assertRefused(CLAIMED, () -> claim(ASHA, 1));
    claim(ASHA, 3);
    release(BINA, 1);
    join(1, 2, 3);
  }

  @Test
  void pagesThatAreNoOneDocumentAreRefused() {
    var another = TestJob.uploaded(supabase);
    another.persist(another.claimed("run-" + another.id(), "v1"), List.of(ofBill(1, HEAD)));
    var request = new HashMap<>(arrangement(List.of(List.of(1, 2)), List.of()));
    request.put(
      "p_documents",
      List.of(List.of(page(1).path("id").asText(), another.docIds().getFirst()))
    );
    TestDatabase.assertRefused(CANT_BE_DONE, () -> supabase.call("arrange_docs", request));

    var ewayBill = new HashMap<>(ofBill(2, LINES));
    ewayBill.put("doc_type", "eway_bill");
    read("v2", List.of(unread(1), ewayBill, ofBill(3, HEAD)));
    TestDatabase.assertRefused(CANT_BE_DONE, () -> join(3, 2));
    TestDatabase.assertRefused(CANT_BE_DONE, () -> join(1, 3));
    var stale = new HashMap<>(arrangement(List.of(List.of(3, 1)), List.of()));
    stale.put("p_versions", Map.of(page(3).path("id").asText(), page(3).path("version").asInt()));
    TestDatabase.assertRefused(CHANGED, () -> supabase.call("arrange_docs", stale));
    assertThat(job.docs()).allMatch(doc -> doc.path("place").isNull());
  }

  @Test
  void theDocumentAndNotItsFirstPageIsTheDuplicate() {
    join(1, 2, 3);
    var again = TestJob.of(supabase, UUID.fromString(job.row().path("user_id").asText()));
    var copy = new HashMap<>(ofBill(1, HEAD, LINES, TOTALS));
    copy.put("storage_uri", "file:///copy");
    again.persist(again.claimed("run-" + again.id(), "v1"), List.of(copy));
    assertThat(again.docs().getFirst().at("/ocr_payload/findings"))
      .extracting(finding -> finding.path("code").asText())
      .containsExactly("document.duplicate");
    assertThat(
      supabase.call("doc_for_review", Map.of("p_doc_id", again.docIds().getFirst())).path("same")
    ).hasSize(1);
    assertThat(forReview(3).path("same")).as("seen from its last page").hasSize(1);
  }

  @Test
  void aDocumentIsApprovedWithoutALookOnlyWhereNothingIsKnownAgainstAnyPage() throws SQLException {
    join(1, 2, 3);
    assertThat(page(1).path("needs_review").asBoolean()).as("of its pages").isTrue();
    TestDatabase.sql(
      database,
      "UPDATE \"Doc\" SET needs_review = false WHERE job_thread_id = '%s'".formatted(job.id())
    );
    assertThat(
      supabase.call(
        "approvable_docs",
        Map.of("p_filter", Map.of("jobs", List.of(job.id())), "p_limit", 10)
      )
    )
      .extracting(doc -> doc.path("id").asText())
      .containsExactly(page(1).path("id").asText());
  }

  // Proposals

  @Test
  void whatLooksLikeOneDocumentIsProposedAndDecidedByNobody() {
    assertThat(findings(1)).containsExactly("document.continued");
    assertThat(findings(2)).containsExactly("document.continues", "document.continued");
    assertThat(findings(3)).containsExactly("document.continues");
    assertThat(job.docs()).allMatch(doc -> doc.path("needs_review").asBoolean());
    assertThat(job.docs()).allMatch(doc -> doc.path("place").isNull());
    for (int number = 1; number <= 3; number++) {
      assertThat(forReview(number).at("/document/proposed"))
        .extracting(page -> page.path("page_number").asInt())
        .containsExactly(1, 2, 3);
    }
  }

  @Test
  void whatWasKeptApartIsNotProposedAgain() {
    arrange(List.of(List.of(3)), List.of());
    assertThat(forReview(3).at("/document/proposed")).isEmpty();
    assertThat(forReview(1).at("/document/proposed")).hasSize(2);
    arrange(List.of(), List.of(3));
    assertThat(forReview(3).at("/document/proposed")).as("taken back").hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    quoteCharacter = '"',
    value = {
      "INVOICE Page 1 of 2 | page 2 of 2 | true",
      "INVOICE Page 1 of 2 | page 2 of 3 | false",
      "INVOICE Page 1 of 1 | page 1 of 1 | false",
      "INVOICE Page No. 1/2 | Page No. 2/2 | true",
      "INVOICE ... Continued on next page | goods | true",
      "INVOICE ... contd. | goods | true",
      "INVOICE ... thank you for your continued custom | Dear Sir | false",
      "INVOICE | continued from page 1 | true",
      "INVOICE | Brought forward 1,200.00 | true",
      "INVOICE | TERMS AND CONDITIONS | false",
    }
  )
  void whatAPageSaysOfItselfTellsWhetherItIsAContinuation(
    String before,
    String page,
    boolean continues
  ) {
    read("v2", List.of(printed(ofBill(1, HEAD, LINES, TOTALS), before), printed(unread(2), page)));
    assertThat(findings(2)).hasSize(continues ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
    value = {
      "head lines | head lines totals | true",
      "head lines totals | head lines | true",
      "head lines totals | head lines totals | false",
      "head lines totals | lines totals | false",
      "head lines totals | lines | false",
      "head lines | totals | true",
      "head | totals | false",
    },
    delimiter = '|'
  )
  void whatAPageHasTellsWhetherItIsAContinuation(String before, String page, boolean continues) {
    read("v2", List.of(ofBill(1, before.split(" ", -1)), ofBill(2, page.split(" ", -1))));
    assertThat(findings(2)).hasSize(continues ? 1 : 0);
  }

  /** A reader may take a line's amount for the total of a page that has none. */
  @Test
  void whatPagesSayOfThemselvesCountsMoreThanTotalsThatWereReadFromThem() {
    var first = printed(ofBill(1, HEAD, LINES, TOTALS), "TAX INVOICE Page 1 of 2");
    read("v2", List.of(first, printed(ofBill(2, LINES, TOTALS), "Page 2 of 2")));
    assertThat(findings(2)).hasSize(1);
    read("v3", List.of(first, printed(ofBill(2, HEAD, LINES, TOTALS), "Page 2 of 2")));
    assertThat(findings(2)).as("a copy: the same number and total").isEmpty();
  }

  @Test
  void billsOfOtherNumbersOrSellersAreNotOne() {
    read("v2", List.of(ofBill(1, HEAD, LINES), otherBill(2, HEAD, LINES, TOTALS)));
    assertThat(findings(2)).isEmpty();
  }

  // What is done

  private void read(String version, List<Map<String, Object>> pages) {
    job.persist(job.claimed(version + "-" + job.id(), version), pages);
  }

  private void replay(List<Map<String, Object>> pages) {
    replay(Map.of(), pages);
  }

  private void replayApproved(List<Map<String, Object>> pages) {
    replay(Map.of("approvedToo", true), pages);
  }

  private void replay(Map<String, ?> otherwise, List<Map<String, Object>> pages) {
    var granted = job.byHand("replay-" + UUID.randomUUID(), Map.of("p_replay", otherwise));
    job.persist(granted.path("token").asText(), pages);
  }

  private void join(Integer... pages) {
    arrange(List.of(List.of(pages)), List.of());
  }

  private void arrange(List<List<Integer>> documents, List<Integer> loose) {
    supabase.call("arrange_docs", arrangement(documents, loose));
  }

  private Map<String, Object> arrangement(List<List<Integer>> documents, List<Integer> loose) {
    var versions = new HashMap<String, Object>();
    job.docs().forEach(doc -> versions.put(doc.path("id").asText(), doc.path("version")));
    return Map.of(
      "p_doc_id",
      job.docIds().getFirst(),
      "p_documents",
      documents.stream().map(this::ids).toList(),
      "p_loose",
      ids(loose),
      "p_versions",
      versions,
      "p_actor",
      ASHA,
      "p_change_id",
      UUID.randomUUID()
    );
  }

  private List<String> ids(List<Integer> numbers) {
    return numbers
      .stream()
      .map(number -> page(number).path("id").asText())
      .toList();
  }

  private void correct(int number, String path, Object value) {
    TestJob.reviewed(
      supabase,
      "correct_doc",
      page(number).path("id").asText(),
      Map.of("p_changes", List.of(Map.of("path", path, "value", value)))
    );
  }

  private void decide(JsonNode seen, String review) {
    supabase.call(
      "decide_doc",
      Map.of(
        "p_doc_id",
        seen.path("id").asText(),
        "p_version",
        seen.path("version"),
        "p_review",
        review,
        "p_actor",
        ASHA,
        "p_change_id",
        UUID.randomUUID()
      )
    );
  }

  private void claim(String actor, int number) {
    supabase.call(
      "claim_doc",
      Map.of("p_doc_id", page(number).path("id").asText(), "p_actor", actor, "p_seconds", 300)
    );
  }

  private void release(String actor, int number) {
    supabase.call(
      "release_doc",
      Map.of("p_doc_id", page(number).path("id").asText(), "p_actor", actor)
    );
  }

  // What is seen

  private JsonNode page(int number) {
    return job.docs().get(number - 1);
  }

  private JsonNode forReview(int number) {
    return supabase.call("doc_for_review", Map.of("p_doc_id", page(number).path("id").asText()));
  }

  private List<String> descriptions(int head) {
    return page(head)
      .at("/document_fields/line_items")
      .valueStream()
      .map(line -> line.path("description").asText())
      .toList();
  }

  private List<String> findings(int number) {
    return page(number)
      .at("/ocr_payload/findings")
      .valueStream()
      .map(finding -> finding.path("code").asText())
      .toList();
  }

  private List<JsonNode> exported() {
    return supabase
      .call(
        "export_docs",
        Map.of(
          "p_doc_type",
          "bill",
          "p_review",
          "approved",
          "p_filter",
          Map.of("jobs", List.of(job.id()))
        )
      )
      .valueStream()
      .toList();
  }

  // Pages

  private static Map<String, Object> ofBill(int number, String... parts) {
    return page(number, "INV-1", List.of(parts));
  }

  private static Map<String, Object> otherBill(int number, String... parts) {
    return page(number, "INV-2", List.of(parts));
  }

  private static Map<String, Object> page(int number, String bill, List<String> parts) {
    boolean hasHead = parts.contains(HEAD);
    var fields = new HashMap<String, Object>();
    fields.put("invoice_number", hasHead ? bill : null);
    fields.put("invoice_date", hasHead ? "2026-04-01" : null);
    fields.put("seller", party(hasHead ? "Bharat Traders" : null));
    fields.put(
      "line_items",
      parts.contains(LINES)
        ? List.of(Map.of("description", "item " + number, "quantity", 1))
        : List.of()
    );
    fields.put("taxable_total", null);
    fields.put("grand_total", parts.contains(TOTALS) ? 300 : null);
    var page = new HashMap<String, Object>(TestJob.page(number, ""));
    page.put("ocr_payload", Map.of("fields", fields, "findings", List.of()));
    page.put("storage_uri", "file:///%s-%d".formatted(bill, number));
    return page;
  }

  private static Map<String, Object> party(@Nullable String name) {
    var party = new HashMap<String, Object>();
    party.put("name", name);
    party.put("gstin", name == null ? null : "27AAPFU0939F1ZV");
    return party;
  }

  private static Map<String, Object> unread(int number) {
    var page = new HashMap<String, Object>(TestJob.page(number, ""));
    page.put("doc_type", "unknown");
    page.put("status", "unknown");
    page.put("ocr_payload", Map.of("text", "", "findings", List.of()));
    return page;
  }

  private static Map<String, Object> printed(Map<String, Object> page, String text) {
    var printed = new HashMap<>(page);
    var payload = new HashMap<String, Object>();
    if (page.get("ocr_payload") instanceof Map<?, ?> read) {
      read.forEach((key, value) -> payload.put(String.valueOf(key), value));
    }
    payload.put("text", text);
    printed.put("ocr_payload", payload);
    return printed;
  }
}
