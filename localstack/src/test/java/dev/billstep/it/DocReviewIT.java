package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.json.Json;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseRefused;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What reviewers say of a page, over what was read from it. */
@ExtendWith(OnEmbeddedDatabase.class)
class DocReviewIT {

  private static final String GONE = "BS007";
  private static final String CHANGED = "BS008";
  private static final String CLAIMED = "BS009";
  private static final String CANT_BE_DONE = "BS005";

  private static final String ASHA = "Asha";
  private static final String BINA = "Bina";

  private final EmbeddedDatabase database;
  private final SupabaseClient supabase;
  private TestJob job;

  DocReviewIT(EmbeddedDatabase database) {
    this.database = database;
    this.supabase = database.supabase();
  }

  @BeforeEach
  void aPageThatWasRead() {
    job = TestJob.uploaded(supabase);
    job.persist(job.claimed("first-" + job.id(), "v1"), List.of(page(fields("INV-1", "100.00"))));
  }

  @Test
  void aCorrectionCountsAndWhatWasReadStays() {
    correct(ASHA, change("/invoice_number", "INV-7"), change("/seller/gstin", null));
    var row = doc();
    assertThat(row.at("/ocr_payload/fields/invoice_number").asText()).isEqualTo("INV-1");
    assertThat(row.at("/corrected_fields/invoice_number").asText()).isEqualTo("INV-7");
    assertThat(row.at("/corrected_fields/seller/gstin").isNull()).isTrue();
    assertThat(row.at("/corrected_fields/grand_total").decimalValue()).isEqualByComparingTo("100");
    var kept = corrections().getFirst();
    assertThat(kept.path("old").asText()).isEqualTo("INV-1");
    assertThat(kept.path("actor").asText()).isEqualTo(ASHA);
  }

  @Test
  void theNewestCorrectionOfAFieldCountsAndOneThatIsTakenBackDoesNot() {
    correct(ASHA, change("/invoice_number", "INV-7"));
    correct(BINA, change("/invoice_number", "INV-8"));
    assertThat(number()).isEqualTo("INV-8");
    assertThat(corrections().getLast().path("old").asText()).isEqualTo("INV-7");
    correct(ASHA, Map.of("path", "/invoice_number", "withdrawn", true));
    assertThat(number()).isEqualTo("INV-1");
    assertThat(doc().path("corrected_fields").isNull()).isTrue();
    assertThat(corrections()).as("nothing is forgotten").hasSize(3);
  }

  @Test
  void theSameRequestAgainChangesNothing() {
    var arguments = correction(ASHA, change("/invoice_number", "INV-7"));
    supabase.call("correct_doc", arguments);
    assertThat(
      supabase.call("correct_doc", arguments).at("/fields/invoice_number").asText()
    ).isEqualTo("INV-7");
    assertThat(corrections()).hasSize(1);
  }

  @Test
  void whoHasNotSeenTheNewestStateOverwritesNothing() {
    var bina = correction(BINA, change("/invoice_number", "INV-8"));
    correct(ASHA, change("/invoice_number", "INV-7"));
    TestDatabase.assertRefused(CHANGED, () -> supabase.call("correct_doc", bina));
    assertThat(number()).isEqualTo("INV-7");
  }

  @Test
  void ofTwoWhoWriteAtOnceOneIsRefused() throws Exception {
    var writers = new ArrayList<Callable<Boolean>>();
    for (int writer = 0; writer < 8; writer++) {
      var arguments = correction("writer " + writer, change("/invoice_number", "INV-" + writer));
      writers.add(() -> {
        try {
          supabase.call("correct_doc", arguments);
          return true;
        } catch (SupabaseRefused refused) {
          assertThat(refused.code()).isEqualTo(CHANGED);
          return false;
        }
      });
    }
    int written = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(writers)) {
        written += result.get() ? 1 : 0;
      }
    }
    assertThat(written).isEqualTo(1);
    assertThat(corrections()).hasSize(1);
  }

  @Test
  void whatSomebodyHasOpenNobodyElseWritesUntilTheTimeIsOver() throws SQLException {
    claim(ASHA);
    TestDatabase.assertRefused(CLAIMED, () -> correct(BINA, change("/invoice_number", "INV-8")));
    TestDatabase.assertRefused(CLAIMED, () -> claim(BINA));
    correct(ASHA, change("/invoice_number", "INV-7"));
    TestDatabase.sql(
      database,
      "UPDATE \"Doc\" SET claimed_until = now() WHERE job_thread_id = '%s'".formatted(job.id())
    );
    claim(BINA);
    release(ASHA);
    TestDatabase.assertRefused(CLAIMED, () -> claim(ASHA));
    release(BINA);
    claim(ASHA);
  }

  @Test
  void aCorrectionOfNoFieldIsRefused() {
    for (var change : List.of(
      change("/no_such_field", "x"),
      change("/seller", "x"),
      change("/seller/name", Map.of("first", "x")),
      change("/line_items", "x"),
      change("", "lorry"),
      change("/line_items/none.1/quantity/unit", List.of())
    )) {
      TestDatabase.assertRefused(CANT_BE_DONE, () -> correct(ASHA, change));
    }
    TestDatabase.assertRefused(CANT_BE_DONE, () -> correct(" ", change("/invoice_number", "x")));
    var gone = new HashMap<>(correction(ASHA, change("/invoice_number", "x")));
    gone.put("p_doc_id", UUID.randomUUID());
    TestDatabase.assertRefused(GONE, () -> supabase.call("correct_doc", gone));
    assertThat(corrections()).isEmpty();
  }

  @Test
  void aDocumentIsToldFromOthersByItsCorrectedNumber() {
    correct(ASHA, change("/invoice_number", "INV-7"), change("/invoice_date", "2026-04-01"));
    assertThat(doc().path("document_key").asText()).isEqualTo("bill 27AAPFU0939F1ZV 2026 INV7");
  }

  @Test
  void aPartThatWasNotReadIsGivenAsAWhole() {
    correct(ASHA, change("/payment", Map.of("method", "UPI")));
    correct(ASHA, change("/payment/method", "NEFT"));
    assertThat(forReview().at("/fields/payment/method").asText()).isEqualTo("NEFT");
    TestDatabase.assertRefused(CANT_BE_DONE, () ->
      correct(ASHA, change("/payment", Map.of("method", "cash")))
    );
  }

  // Lines of tables

  @Test
  void linesAreChangedAddedTakenOutAndMoved() {
    var keys = lineKeys();
    assertThat(keys).hasSize(2);
    correct(
      ASHA,
      change("/line_items/" + keys.get(0) + "/quantity", 3),
      change("/line_items/new.a", line("Nails", 5)),
      change("/line_items/" + keys.get(1), null)
    );
    assertThat(lines()).containsExactly("Cement 3", "Nails 5");
    correct(
      ASHA,
      change("/line_items", List.of("new.a", keys.get(0))),
      change("/line_items/new.a/quantity", 6)
    );
    assertThat(lines()).containsExactly("Nails 6", "Cement 3");
    assertThat(lineKeys()).containsExactly("new.a", keys.get(0));
  }

  /** Counted by its number, the correction would be of another line. */
  @Test
  void aLineKeepsItsCorrectionWhenAnotherIsReadBeforeIt() {
    correct(ASHA, change("/line_items/" + lineKeys().get(1) + "/quantity", 30));
    replay(fields("INV-1", "100.00", line("Gravel", 9), line("Cement", 1), line("Sand", 2)));
    assertThat(lines()).containsExactly("Gravel 9", "Cement 1", "Sand 30");
    assertThat(doc().path("conflicts")).isEmpty();
  }

  @Test
  void aCorrectionOfALineThatIsReadNoLongerIsAConflict() {
    var path = "/line_items/" + lineKeys().get(1) + "/quantity";
    correct(ASHA, change(path, 30));
    replay(fields("INV-1", "100.00", line("Cement", 1)));
    assertThat(lines()).containsExactly("Cement 1");
    assertThat(doc().path("conflicts")).extracting(JsonNode::asText).containsExactly(path);
    assertThat(doc().path("needs_review").asBoolean()).isTrue();
  }

  @Test
  void linesOfOneNameAreToldApart() {
    replay(fields("INV-1", "1", line("Cement", 1), line("Cement", 2)));
    correct(ASHA, change("/line_items/" + lineKeys().get(1) + "/quantity", 20));
    assertThat(lines()).containsExactly("Cement 1", "Cement 20");
  }

  // Later readings

  @Test
  void aCorrectionOutlivesAReadingOfTheSamePage() {
    correct(ASHA, change("/invoice_number", "INV-7"));
    replay(fields("INV-1", "200.00"));
    assertThat(number()).isEqualTo("INV-7");
    assertThat(doc().at("/corrected_fields/grand_total").asInt()).isEqualTo(200);
    assertThat(doc().path("conflicts")).isEmpty();
  }

  @Test
  void aReadingThatAgreesWithTheCorrectionIsNoConflict() {
    correct(ASHA, change("/invoice_number", "INV-7"));
    replay(fields("INV-7", "100.00"));
    assertThat(doc().path("conflicts")).isEmpty();
  }

  @Test
  void aReadingThatDisagreesWithBothIsAConflictUntilSomebodyLooks() {
    correct(ASHA, change("/invoice_number", "INV-7"));
    replay(fields("INV-9", "100.00"));
    assertThat(number()).as("the person's word counts").isEqualTo("INV-7");
    assertThat(doc().path("conflicts"))
      .extracting(JsonNode::asText)
      .containsExactly("/invoice_number");
    assertThat(doc().path("needs_review").asBoolean()).isTrue();
    correct(BINA, change("/invoice_number", "INV-7"));
    assertThat(doc().path("conflicts")).isEmpty();
  }

  @Test
  void aCorrectionIsNotOfAnotherPagesContent() {
    correct(ASHA, change("/invoice_number", "INV-7"));
    var other = new HashMap<>(page(fields("INV-1", "100.00")));
    other.put("storage_uri", "s3://pages/jobs/x/pages/bbbb.png");
    job.persist(job.claimed("second-" + job.id(), "v2"), List.of(other));
    assertThat(doc().path("corrected_fields").isNull()).isTrue();
    replay(fields("INV-1", "100.00"));
    assertThat(number()).as("the page is back").isEqualTo("INV-7");
  }

  @Test
  void whatAPageIsByAPersonsWordIsToldToTheNextRun() {
    correct(ASHA, change("", "eway_bill"));
    var granted = job.byHand("again-" + job.id(), Map.of("p_replay", Map.of("pages", List.of(1))));
    assertThat(granted.at("/types/aaaa").asText()).isEqualTo("eway_bill");
  }

  // Decisions

  @Test
  void anApprovalSaysWhoAndWhenAndEndsTheDoubt() {
    replayWithFinding(fields("INV-2", "100.00"));
    assertThat(doc().path("needs_review").asBoolean()).isTrue();
    decide(ASHA, "approved");
    var row = doc();
    assertThat(row.path("review").asText()).isEqualTo("approved");
    assertThat(row.path("reviewed_by").asText()).isEqualTo(ASHA);
    assertThat(row.path("reviewed_at").asText()).isNotEmpty();
    assertThat(row.path("needs_review").asBoolean()).isFalse();
    assertThat(row.path("approved_hash").asText()).hasSize(64);
    assertThat(decisions().getLast().at("/fields/invoice_number").asText()).isEqualTo("INV-2");
    TestDatabase.assertRefused(CANT_BE_DONE, () -> correct(BINA, change("/invoice_number", "x")));
    decide(BINA, "to_review");
    correct(BINA, change("/invoice_number", "INV-3"));
  }

  @Test
  void anApprovedPageIsLeftAloneByReplays() {
    correct(ASHA, change("/invoice_number", "INV-7"));
    decide(ASHA, "approved");
    var before = doc();
    replayWithFinding(fields("INV-9", "999.00"));
    assertThat(doc()).isEqualTo(before);
    assertThat(job.status()).isEqualTo("processed");
    assertThat(job.revisions()).isEmpty();
  }

  @Test
  void aReplayOfApprovedPagesTooOpensThemWhereTheyDiffer() {
    decide(ASHA, "approved");
    replayApproved(fields("INV-1", "100"));
    assertThat(doc().path("review").asText()).as("100 is 100.00").isEqualTo("approved");
    replayApproved(fields("INV-1", "101"));
    assertThat(doc().path("review").asText()).isEqualTo("to_review");
    assertThat(doc().path("review_note").asText()).contains(
      "something else than what was approved"
    );
    assertThat(doc().path("needs_review").asBoolean()).isTrue();
    assertThat(decisions())
      .extracting(it -> it.path("actor").asText())
      .containsExactly(ASHA, "system");
  }

  @Test
  void anotherUploadOpensWhatWasApproved() {
    decide(ASHA, "approved");
    job.persist(job.claimed("second-" + job.id(), "v2"), List.of(page(fields("INV-2", "5"))));
    assertThat(doc().path("review").asText()).isEqualTo("to_review");
    assertThat(job.revisions()).hasSize(1);
  }

  @Test
  void aDraftThatWasMadeStaysWhateverIsDecided() throws SQLException {
    TestDatabase.sql(
      database,
      "UPDATE \"Doc\" SET status = 'draft_created' WHERE job_thread_id = '%s'".formatted(job.id())
    );
    correct(ASHA, change("/invoice_number", "INV-7"));
    assertThat(doc().path("needs_review").asBoolean())
      .as("the draft is of another number")
      .isTrue();
    decide(ASHA, "approved");
    assertThat(doc().path("status").asText()).isEqualTo("draft_created");
  }

  @Test
  void whatWasNotReadIsNotApproved() {
    var unread = new HashMap<>(page(fields("INV-1", "1")));
    unread.put("doc_type", "unknown");
    unread.put("status", "unknown");
    unread.put("ocr_payload", Map.of("text", "Dear Sir"));
    job.persist(job.claimed("second-" + job.id(), "v2"), List.of(unread));
    TestDatabase.assertRefused(CANT_BE_DONE, () -> decide(ASHA, "approved"));
    decide(ASHA, "rejected");
    assertThat(doc().path("review").asText()).isEqualTo("rejected");
  }

  private void replay(Map<String, Object> fields) {
    replay(page(fields), Map.of());
  }

  private void replayApproved(Map<String, Object> fields) {
    replay(page(fields), Map.of("approvedToo", true));
  }

  private void replayWithFinding(Map<String, Object> fields) {
    var page = new HashMap<>(page(fields));
    page.put("needs_review", true);
    replay(page, Map.of());
  }

  private void replay(Map<String, Object> page, Map<String, Object> replay) {
    var token = job
      .byHand("replay-" + UUID.randomUUID(), Map.of("p_replay", replay))
      .path("token")
      .asText();
    job.persist(token, List.of(page));
  }

  private JsonNode correct(String actor, Map<?, ?>... changes) {
    return supabase.call("correct_doc", correction(actor, changes));
  }

  private Map<String, Object> correction(String actor, Map<?, ?>... changes) {
    return Map.of(
      "p_doc_id",
      doc().path("id").asText(),
      "p_version",
      doc().path("version").asInt(),
      "p_changes",
      List.of(changes),
      "p_actor",
      actor,
      "p_change_id",
      UUID.randomUUID()
    );
  }

  private void decide(String actor, String review) {
    supabase.call(
      "decide_doc",
      Map.of(
        "p_doc_id",
        doc().path("id").asText(),
        "p_version",
        doc().path("version").asInt(),
        "p_review",
        review,
        "p_actor",
        actor,
        "p_change_id",
        UUID.randomUUID()
      )
    );
  }

  private void claim(String actor) {
    supabase.call(
      "claim_doc",
      Map.of("p_doc_id", doc().path("id").asText(), "p_actor", actor, "p_seconds", 300)
    );
  }

  private void release(String actor) {
    supabase.call("release_doc", Map.of("p_doc_id", doc().path("id").asText(), "p_actor", actor));
  }

  private JsonNode doc() {
    return job.docs().getFirst();
  }

  private JsonNode forReview() {
    return supabase.call("doc_for_review", Map.of("p_doc_id", doc().path("id").asText()));
  }

  private String number() {
    return forReview().at("/fields/invoice_number").asText();
  }

  private List<String> lines() {
    return forReview()
      .at("/fields/line_items")
      .valueStream()
      .map(line -> line.path("description").asText() + " " + line.path("quantity").asText())
      .toList();
  }

  private List<String> lineKeys() {
    return forReview().at("/lines/line_items").valueStream().map(JsonNode::asText).toList();
  }

  private List<JsonNode> corrections() {
    return supabase.select(
      "DocCorrection",
      "doc_version.asc,position.asc",
      Map.of("doc_id", "eq." + doc().path("id").asText())
    );
  }

  private List<JsonNode> decisions() {
    return supabase.select(
      "DocDecision",
      "created_at.asc,id.asc",
      Map.of("doc_id", "eq." + doc().path("id").asText())
    );
  }

  private static Map<String, Object> change(String path, @Nullable Object value) {
    var change = new HashMap<String, Object>();
    change.put("path", path);
    change.put("value", value);
    return change;
  }

  private static Map<String, Object> line(String description, int quantity) {
    return Map.of("description", description, "quantity", quantity);
  }

  private static Map<String, Object> fields(String number, String total) {
    return fields(number, total, line("Cement", 1), line("Sand", 2));
  }

  private static Map<String, Object> fields(String number, String total, Map<?, ?>... lines) {
    var fields = new HashMap<String, Object>();
    fields.put("payment", null);
    fields.putAll(
      Map.of(
        "invoice_number",
        number,
        "invoice_date",
        "2026-03-31",
        "grand_total",
        Json.read(total.getBytes(StandardCharsets.US_ASCII), JsonNode.class),
        "seller",
        Map.of("name", "Bharat Traders", "gstin", "27AAPFU0939F1ZV"),
        "line_items",
        List.of(lines)
      )
    );
    return fields;
  }

  private static Map<String, Object> page(Map<String, Object> fields) {
    var page = new HashMap<>(TestJob.page(1, "text"));
    page.put("ocr_payload", Map.of("text", "text", "fields", fields));
    page.put("storage_uri", "s3://pages/jobs/x/pages/aaaa.png");
    return page;
  }
}
