package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A document that was uploaded before is not payable once more. */
@ExtendWith(OnEmbeddedDatabase.class)
class DuplicatesIT {

  private static final String SELLER = "29ABCDE1234F1Z5";
  private static final String PICTURE = "a".repeat(64);

  private final EmbeddedDatabase database;
  private final UUID user = UUID.randomUUID();

  DuplicatesIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @Test
  void theSameBillInAnotherUploadIsFlaggedAndSaysWhereItWasBefore() {
    var first = persisted("one", bill("INV/7", "2026-05-01"));
    var second = persisted("two", bill("inv 7", "2026-05-01"));

    assertThat(first.path("needs_review").asBoolean()).isFalse();
    assertThat(second.path("needs_review").asBoolean()).isTrue();
    var finding = duplicate(second);
    assertThat(finding.path("path").asText()).isEqualTo("/invoice_number");
    assertThat(finding.path("severity").asText()).isEqualTo("error");
    assertThat(finding.path("message").asText()).matches(
      "The same document was uploaded before: page 1 of another file, on \\d+ \\w+ \\d{4} \\(job [0-9a-f]{8}\\)\\."
    );
  }

  /** Rule 46(b) of the CGST Rules: a number is unique for a financial year. */
  @ParameterizedTest
  @CsvSource({
    "INV/7, 2027-03-31, true",
    "INV/7, 2027-04-01, false",
    "INV/7, 2026-03-31, false",
    "INV/8, 2026-05-01, false",
  })
  void aSellersNumberIsUniqueForAFinancialYear(String number, String date, boolean isKnown) {
    persisted("one", bill("INV/7", "2026-05-01"));
    var other = persisted("two", bill(number, date));
    assertThat(other.path("needs_review").asBoolean()).isEqualTo(isKnown);
  }

  @Test
  void aCreditNoteHasNumbersOfItsOwn() {
    persisted("one", bill("7", "2026-05-01"));
    var note = persisted("two", bill("CREDIT NOTE", "7", "2026-05-01"));
    assertThat(note.path("needs_review").asBoolean()).isFalse();
  }

  @Test
  void aBillWithoutANumberOrDateIsKnownByItsPictureAlone() {
    persisted("one", bill("", "2026-05-01"));
    assertThat(duplicate(persisted("two", bill("", "2026-05-01"))).isMissingNode()).isTrue();
    persisted("three", seen(bill("", "2026-05-01")));
    var again = persisted("four", seen(bill("9", "2026-05-01")));
    assertThat(duplicate(again).path("message").asText()).startsWith("The same picture");
  }

  @Test
  void pagesOfNoKindMayLookAlike() {
    persisted("one", seen(page("unknown", Map.of())));
    var other = persisted("two", seen(page("unknown", Map.of())));
    assertThat(other.path("needs_review").asBoolean()).isFalse();
  }

  @Test
  void anEwayBillIsKnownByItsNumber() {
    persisted("one", ewayBill("1234 5678 9012"));
    var second = persisted("two", ewayBill("123456789012"));
    assertThat(duplicate(second).path("path").asText()).isEqualTo("/eway_bill_number");
  }

  @Test
  void pagesOfOneUploadMayBeOfOneDocument() {
    var job = TestJob.of(database.supabase(), user);
    var second = new HashMap<>(bill("INV/7", "2026-05-01"));
    second.put("page_number", 2);
    job.persist(job.claimed("one", "v1"), List.of(bill("INV/7", "2026-05-01"), second));
    assertThat(job.docs())
      .flatExtracting(doc -> doc.at("/ocr_payload/findings").findValuesAsText("code"))
      .containsExactly("document.continued", "document.continues");
  }

  @Test
  void somebodyElsesBillIsNoBusinessOfTheirs() {
    persisted("one", bill("INV/7", "2026-05-01"));
    var others = TestJob.of(database.supabase(), UUID.randomUUID());
    others.persist(others.claimed("two", "v1"), List.of(bill("INV/7", "2026-05-01")));
    assertThat(others.docs().getFirst().path("needs_review").asBoolean()).isFalse();
  }

  @Test
  void theFirstStaysTheFirstWhicheverIsReadAgain() {
    var first = TestJob.of(database.supabase(), user);
    first.persist(first.claimed("one", "v1"), List.of(bill("INV/7", "2026-05-01")));
    var second = TestJob.of(database.supabase(), user);
    second.persist(second.claimed("two", "v1"), List.of(bill("INV/7", "2026-05-01")));

    first.persist(first.claimed("three", "v2"), List.of(bill("INV/7", "2026-05-01")));
    second.persist(second.claimed("four", "v2"), List.of(bill("INV/7", "2026-05-01")));

    assertThat(first.docs().getFirst().path("needs_review").asBoolean()).isFalse();
    assertThat(second.docs().getFirst().path("needs_review").asBoolean()).isTrue();
    assertThat(second.revisions()).as("it says what it said").isEmpty();
  }

  @Test
  void ofManyThatBringTheSameBillAtOnceOneIsNotFlagged() throws Exception {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs = Stream.generate(() -> TestJob.of(database.supabase(), user))
        .limit(20)
        .map((TestJob job) -> {
          var token = job.claimed("run-" + job.id(), "v1");
          Callable<JsonNode> persist = () -> {
            start.await();
            job.persist(token, List.of(bill("INV/7", "2026-05-01")));
            return job.docs().getFirst();
          };
          return threads.submit(persist);
        })
        .toList();
      start.countDown();
      int unflagged = 0;
      for (var run : runs) {
        unflagged += run.get().path("needs_review").asBoolean() ? 0 : 1;
      }
      assertThat(unflagged).isEqualTo(1);
    }
  }

  private JsonNode persisted(String execution, Map<String, Object> page) {
    var job = TestJob.of(database.supabase(), user);
    job.persist(job.claimed(execution + "-" + job.id(), "v1"), List.of(page));
    return job.docs().getFirst();
  }

  private static JsonNode duplicate(JsonNode doc) {
    for (var finding : doc.path("ocr_payload").path("findings")) {
      if (finding.path("code").asText().equals("document.duplicate")) {
        return finding;
      }
    }
    return doc.path("no finding");
  }

  private static Map<String, Object> bill(String number, String date) {
    return bill("TAX INVOICE", number, date);
  }

  private static Map<String, Object> bill(String title, String number, String date) {
    return page(
      "bill",
      Map.of(
        "document_title",
        title,
        "invoice_number",
        number,
        "invoice_date",
        date,
        "seller",
        Map.of("gstin", SELLER)
      )
    );
  }

  private static Map<String, Object> ewayBill(String number) {
    return page("eway_bill", Map.of("eway_bill_number", number));
  }

  private static Map<String, Object> page(String type, Map<String, ?> fields) {
    var page = new HashMap<String, Object>(TestJob.page(1, "x"));
    page.put("doc_type", type);
    page.put("status", type.equals("unknown") ? "unknown" : "draft_pending");
    page.put("ocr_payload", Map.of("fields", fields, "findings", List.of()));
    return page;
  }

  private static Map<String, Object> seen(Map<String, ?> page) {
    var seen = new HashMap<String, Object>(page);
    seen.put("storage_uri", "s3://pages/jobs/x/pages/" + PICTURE + ".png");
    return seen;
  }
}
