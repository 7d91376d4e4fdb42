package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.operation.JobList;
import dev.billstep.operation.JobList.Order;
import dev.billstep.operation.JobList.Sort;
import dev.billstep.operation.JobStatus;
import dev.billstep.operation.ListFilter;
import dev.billstep.operation.ListFilter.Which;
import dev.billstep.supabase.SupabaseRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of jobs: what it says of each, what it leaves out, and in which order it goes on. */
@ExtendWith(OnEmbeddedDatabase.class)
class JobListIT {

  private final EmbeddedDatabase database;
  private final JobList list;
  private final UUID user = UUID.randomUUID();

  JobListIT(EmbeddedDatabase database) {
    this.database = database;
    this.list = new JobList(database.supabase());
  }

  @Test
  void aJobIsListedAsSoonAsItIsThereAndSaysWhatWasReadOfIt() {
    var job = TestJob.of(database.supabase(), user);
    assertThat(listed(all()).getFirst().path("status").asText()).isEqualTo("uploaded");

    job.persist(
      job.claimed("run-" + job.id(), "v1"),
      List.of(
        letter(1),
        bill(2, "INV-7", "Asha Traders", 118),
        flagged(bill(3, "INV-8", "Bina", 5))
      )
    );

    var row = listed(all()).getFirst();
    assertThat(row.path("status").asText()).isEqualTo("processed");
    assertThat(row.path("party").asText()).isEqualTo("Asha Traders");
    assertThat(row.path("number").asText()).isEqualTo("INV-7");
    assertThat(row.path("amount").asInt()).isEqualTo(118);
    assertThat(counts(row)).containsExactly(3, 3, 1, 1, 0, 0);
  }

  @Test
  void whatReviewersDoIsInTheList() {
    var job = read(List.of(bill(1, "INV-7", "Asha", 118), bill(2, "INV-8", "Asha", 1)));
    change(
      "correct_doc",
      job.docIds().getFirst(),
      Map.of("p_changes", List.of(Map.of("path", "/grand_total", "value", 120)))
    );
    change("decide_doc", job.docIds().getFirst(), Map.of("p_review", "approved"));

    var row = listed(all()).getFirst();
    assertThat(row.path("amount").asInt()).isEqualTo(120);
    assertThat(counts(row)).containsExactly(2, 1, 0, 1, 1, 0);
    assertThat(list.approvable(all(), 10)).hasSize(1);
    assertThat(listed(of(Which.APPROVED))).hasSize(1);
    assertThat(listed(of(Which.FLAGGED))).isEmpty();
  }

  @Test
  void ofManyWhoDecideAtOnceEachIsCounted() throws Exception {
    var pages = new ArrayList<Map<String, Object>>();
    for (int number = 1; number <= 12; number++) {
      pages.add(bill(number, "INV-" + number, "Asha", number));
    }
    var job = TestJob.of(database.supabase(), user);
    job.persist(job.claimed("run-" + job.id(), "v1"), pages);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var decisions = job
        .docIds()
        .stream()
        .map(page -> {
          Callable<JsonNode> decision = () ->
            change("decide_doc", page, Map.of("p_review", "approved"));
          return threads.submit(decision);
        })
        .toList();
      for (var decision : decisions) {
        decision.get();
      }
    }
    assertThat(listed(all()).getFirst().path("approved").asInt()).isEqualTo(12);
  }

  @Test
  void aRunWaitsForTheReviewerOfAPageThatItTakesOut() throws Exception {
    var job = read(List.of(bill(1, "INV-7", "Asha", 118), bill(2, "INV-8", "Asha", 1)));
    var second = job.docIds().getLast();
    var token = job.claimed("again-" + job.id(), "v2");
    try (
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      var connection = database.postgres().getConnection();
      var reviewer = connection.createStatement()
    ) {
      // Were each to wait for the other, this one would be told so first.
      reviewer.execute("SET deadlock_timeout = '10ms'");
      connection.setAutoCommit(false);
      reviewer.execute("SELECT FROM \"Doc\" WHERE id = '%s' FOR UPDATE".formatted(second));
      var run = threads.submit(() -> job.persist(token, List.of(bill(1, "INV-9", "Asha", 118))));
      await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> TestDatabase.isWaitingForALock(database, "persist_docs"));
      reviewer.execute("UPDATE \"Doc\" SET needs_review = true WHERE id = '%s'".formatted(second));
      connection.commit();
      run.get();
    }
    assertThat(counts(listed(all()).getFirst()).getFirst()).isEqualTo(1);
  }

  @Test
  void whatWasUploadedBeforeIsAmongTheDuplicates() {
    read(bill(1, "INV-7", "Asha", 118));
    var again = read(bill(1, "INV-7", "Asha", 118));
    assertThat(listed(of(Which.DUPLICATE)))
      .extracting(row -> row.path("id").asText())
      .containsExactly(again.id().toString());
  }

  @Test
  void wordsAreFoundOnPagesAndInFilesNames() {
    var job = read(bill(1, "INV/25-26/7", "Asha Traders", 118));
    read(bill(1, "INV-9", "Bina", 1));
    var id = UUID.randomUUID();
    database
      .supabase()
      .insert("JobThread", Map.of("id", id, "user_id", user, "file_name", "Asha, May.pdf"));

    assertThat(listed(words("asha")))
      .extracting(row -> row.path("id").asText())
      .containsExactlyInAnyOrder(job.id().toString(), id.toString());
    assertThat(listed(words("inv25267"))).hasSize(1);
    assertThat(listed(words("nobody's"))).isEmpty();
    assertThat(listed(words("'); DROP TABLE \"Doc\" --"))).isEmpty();
  }

  @Test
  void aFilterOfJobsAndOneOfAStatusGoTogether() {
    var read = read(bill(1, "INV-7", "Asha", 118));
    var waiting = TestJob.of(database.supabase(), user);
    var both = List.of(new JobId(read.id()), new JobId(waiting.id()));
    assertThat(listed(filter("", Optional.of(JobStatus.UPLOADED), Optional.empty(), both)))
      .extracting(row -> row.path("id").asText())
      .containsExactly(waiting.id().toString());
    assertThat(list.counts(all()).path("jobs").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void inEveryOrderItGoesOnWhereItWas(Sort sort) {
    for (var amount : new int[] { 30, 5, 100, 5 }) {
      read(bill(1, "INV-" + UUID.randomUUID(), "Party " + amount, amount));
    }
    TestJob.of(database.supabase(), user);
    for (boolean isDescending : new boolean[] { true, false }) {
      var order = new Order(sort, isDescending);
      var whole = ids(list.part(all(), order, Optional.empty(), 50));
      assertThat(whole).hasSize(5).doesNotHaveDuplicates();
      var parts = new ArrayList<String>();
      var after = Optional.<JsonNode>empty();
      do {
        var part = list.part(all(), order, after, 2);
        parts.addAll(ids(part));
        after = Optional.of(part.path("next")).filter(JsonNode::isObject);
      } while (after.isPresent());
      assertThat(parts).isEqualTo(whole);
    }
    if (sort == Sort.AMOUNT) {
      assertThat(list.part(all(), new Order(sort, true), Optional.empty(), 50).path("jobs"))
        .extracting(row -> row.path("amount").asInt())
        .containsExactly(100, 30, 5, 5, 0);
    }
  }

  @Test
  void aJobThatIsDeletedLeavesNothingButThatItWas() {
    var job = read(List.of(bill(1, "INV-7", "Asha", 118), bill(2, "INV-8", "Asha", 1)));
    change("decide_doc", job.docIds().getFirst(), Map.of("p_review", "approved"));

    assertThatThrownBy(() -> delete(job, false))
      .isInstanceOf(SupabaseRefused.class)
      .hasMessageContaining("Approved, and so not deleted: 1 of its pages");
    assertThat(job.docs()).hasSize(2);

    assertThat(delete(job, true).path("pages").asInt()).isEqualTo(2);
    assertThat(listed(all())).isEmpty();
    assertThat(job.docs()).isEmpty();
    var noted = database
      .supabase()
      .selectOne("JobDeletion", Map.of("job_thread_id", "eq." + job.id()))
      .orElseThrow();
    assertThat(noted.path("actor").asText()).isEqualTo("Asha");
    assertThat(noted.at("/docs/0/approved_hash").asText()).hasSize(64);
    assertThat(noted.toString()).doesNotContain("INV-7");
  }

  @Test
  void aJobThatARunHasIsNotDeleted() {
    var job = TestJob.of(database.supabase(), user);
    job.claimed("run-" + job.id(), "v1");
    assertThatThrownBy(() -> delete(job, true)).hasMessageContaining("A run has the job");
  }

  private JsonNode delete(TestJob job, boolean approvedToo) {
    return database
      .supabase()
      .call(
        "delete_job",
        Map.of("p_job_id", job.id(), "p_actor", "Asha", "p_approved_too", approvedToo)
      );
  }

  private TestJob read(Map<String, Object> page) {
    return read(List.of(page));
  }

  private TestJob read(List<Map<String, Object>> pages) {
    var job = TestJob.of(database.supabase(), user);
    job.persist(job.claimed("run-" + job.id(), "v1"), pages);
    return job;
  }

  private JsonNode change(String function, String page, Map<String, ?> change) {
    return TestJob.reviewed(database.supabase(), function, page, change);
  }

  private static Map<String, Object> bill(int number, String invoice, String seller, int total) {
    var page = new HashMap<String, Object>(TestJob.page(number, ""));
    page.put(
      "ocr_payload",
      Map.of(
        "fields",
        Map.of(
          "invoice_number",
          invoice,
          "invoice_date",
          "2026-05-01",
          "grand_total",
          total,
          "seller",
          Map.of("name", seller)
        ),
        "findings",
        List.of()
      )
    );
    return page;
  }

  private static Map<String, Object> flagged(Map<String, Object> page) {
    page.put("needs_review", true);
    return page;
  }

  private static Map<String, Object> letter(int number) {
    var page = new HashMap<String, Object>(TestJob.page(number, "Dear Sir"));
    page.put("doc_type", "unknown");
    page.put("status", "unknown");
    return page;
  }

  private static List<Integer> counts(JsonNode row) {
    return Stream.of("pages", "to_review", "flagged", "approvable", "approved", "duplicates")
      .map(name -> row.path(name).asInt())
      .toList();
  }

  private List<JsonNode> listed(ListFilter filter) {
    var order = new Order(Sort.CREATED_AT, true);
    return list.part(filter, order, Optional.empty(), 50).path("jobs").valueStream().toList();
  }

  private static List<String> ids(JsonNode part) {
    return part
      .path("jobs")
      .valueStream()
      .map(row -> row.path("id").asText())
      .toList();
  }

  private ListFilter all() {
    return filter("", Optional.empty(), Optional.empty(), List.of());
  }

  private ListFilter words(String text) {
    return filter(text, Optional.empty(), Optional.empty(), List.of());
  }

  private ListFilter of(Which which) {
    return filter("", Optional.empty(), Optional.of(which), List.of());
  }

  private ListFilter filter(
    String text,
    Optional<JobStatus> status,
    Optional<Which> which,
    List<JobId> jobs
  ) {
    return new ListFilter(
      text,
      status,
      Optional.empty(),
      Optional.of(new UserId(user)),
      Optional.empty(),
      Optional.empty(),
      which,
      jobs
    );
  }
}
