package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bill and the e-way bill of its consignment are found for one another, and say the same. */
@ExtendWith(OnEmbeddedDatabase.class)
class BundlesIT {

  private static final String SELLER = "29ABCDE1234F1Z5";
  private static final String BUYER = "27ABCDE1234F1Z9";

  private final EmbeddedDatabase database;
  private final UUID user = UUID.randomUUID();

  BundlesIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @Test
  void ofOneUploadTheyAreABundleThatSaysNothingElse() {
    var docs = read(bill(1, Map.of()), ewayBill(2, Map.of()));
    assertThat(docs).noneMatch(doc -> doc.path("needs_review").asBoolean());
    assertThat(bundle(docs.getFirst()))
      .extracting(other -> other.path("id").asText())
      .containsExactly(docs.getLast().path("id").asText());
    assertThat(bundle(docs.getLast())).hasSize(1);
  }

  @Test
  void ofTwoUploadsTheLaterOneIsFlaggedWhereTheyDiffer() {
    var bill = read(bill(1, Map.of())).getFirst();
    var ewayBill = read(ewayBill(1, Map.of("value_of_goods", 90000))).getFirst();
    assertThat(ewayBill.path("needs_review").asBoolean()).isTrue();
    assertThat(ewayBill.at("/ocr_payload/findings/0/code").asText()).isEqualTo("bundle.value");
    assertThat(ewayBill.at("/ocr_payload/findings/0/path").asText()).isEqualTo("/value_of_goods");
    assertThat(ewayBill.at("/ocr_payload/findings/0/message").asText()).matches(
      "The bill on page 1 of another file \\(job [0-9a-f]{8}\\) says 1180 here\\."
    );
    assertThat(bundle(bill).getFirst().at("/differences/0/path").asText()).isEqualTo(
      "/grand_total"
    );
  }

  @Test
  void aCorrectionOfEitherEndsTheDifference() {
    var bill = read(bill(1, Map.of("grand_total", 90000))).getFirst();
    var ewayBill = read(ewayBill(1, Map.of())).getFirst();
    assertThat(bundle(ewayBill).getFirst().path("differences")).hasSize(1);
    TestJob.reviewed(
      database.supabase(),
      "correct_doc",
      bill.path("id").asText(),
      Map.of("p_changes", List.of(Map.of("path", "/grand_total", "value", 1180)))
    );
    assertThat(bundle(ewayBill).getFirst().path("differences")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "document_number, inv 7, true, ''",
    "document_number, INV/8, false, ''",
    "document_date, 2026-05-02, true, bundle.date",
    "supplier.gstin, 27ABCDE1234F1Z9, true, bundle.seller",
    "recipient.gstin, 27ZZZZZ1234F1Z9, true, bundle.buyer",
    "recipient.gstin, URP, true, ''",
    "value_of_goods, 1180.60, true, ''",
    "value_of_goods, 1000, true, ''",
  })
  void whichBelongTogetherAndInWhatTheyDiffer(
    String field,
    String value,
    boolean isBundle,
    String code
  ) {
    var docs = read(bill(1, Map.of()), ewayBill(2, Map.of(field, typed(value))));
    var found = bundle(docs.getFirst());
    assertThat(found).hasSize(isBundle ? 1 : 0);
    assertThat(found.stream().flatMap(other -> other.path("differences").valueStream()))
      .extracting(difference -> difference.path("code").asText())
      .containsExactlyElementsOf(code.isEmpty() ? List.of() : List.of(code));
  }

  @Test
  void aBillThatNamesItsEwayBillIsOfItWhateverElseTheySay() {
    var docs = read(
      bill(1, Map.of("eway_bill_number", "1234 5678 9012")),
      ewayBill(2, Map.of("document_number", "8", "supplier.gstin", BUYER))
    );
    assertThat(bundle(docs.getFirst()).getFirst().path("differences"))
      .extracting(difference -> difference.path("code").asText())
      .containsExactly("bundle.number", "bundle.seller");
    assertThat(docs).allMatch(doc -> doc.path("needs_review").asBoolean());
  }

  @Test
  void somebodyElsesEwayBillIsNoBusinessOfTheirs() {
    var bill = read(bill(1, Map.of())).getFirst();
    var others = TestJob.of(database.supabase(), UUID.randomUUID());
    others.persist(others.claimed("run-" + others.id(), "v1"), List.of(ewayBill(1, Map.of())));
    assertThat(bundle(bill)).isEmpty();
  }

  private static Object typed(String value) {
    return value.matches("[0-9]+(\\.[0-9]+)?") ? Double.valueOf(value) : value;
  }

  private List<JsonNode> read(Map<String, Object> page) {
    return read(List.of(page));
  }

  private List<JsonNode> read(Map<String, Object> one, Map<String, Object> other) {
    return read(List.of(one, other));
  }

  private List<JsonNode> read(List<Map<String, Object>> pages) {
    var job = TestJob.of(database.supabase(), user);
    job.persist(job.claimed("run-" + job.id(), "v1"), pages);
    return job.docs();
  }

  private List<JsonNode> bundle(JsonNode doc) {
    return database
      .supabase()
      .call("doc_for_review", Map.of("p_doc_id", doc.path("id").asText()))
      .path("bundle")
      .valueStream()
      .toList();
  }

  private static Map<String, Object> bill(int number, Map<String, ?> otherwise) {
    var fields = new HashMap<String, Object>();
    fields.put("invoice_number", "INV/7");
    fields.put("invoice_date", "2026-05-01");
    fields.put("seller", Map.of("gstin", SELLER));
    fields.put("buyer", Map.of("gstin", BUYER));
    fields.put("taxable_total", 1000);
    fields.put("grand_total", 1180);
    fields.putAll(otherwise);
    return page(number, "bill", fields);
  }

  private static Map<String, Object> ewayBill(int number, Map<String, ?> otherwise) {
    var said = new HashMap<String, Object>(otherwise);
    var fields = new HashMap<String, Object>();
    fields.put("eway_bill_number", "123456789012");
    fields.put("document_number", "INV/7");
    fields.put("document_date", "2026-05-01");
    fields.put("value_of_goods", 1180);
    fields.put("supplier", party(said.remove("supplier.gstin"), SELLER));
    fields.put("recipient", party(said.remove("recipient.gstin"), BUYER));
    fields.putAll(said);
    return page(number, "eway_bill", fields);
  }

  private static Map<String, Object> party(@Nullable Object gstin, String usual) {
    return Map.of("gstin", Objects.requireNonNullElse(gstin, usual));
  }

  private static Map<String, Object> page(int number, String type, Map<String, ?> fields) {
    var page = new HashMap<String, Object>(TestJob.page(number, "x"));
    page.put("doc_type", type);
    page.put("ocr_payload", Map.of("fields", fields, "findings", List.of()));
    return page;
  }
}
