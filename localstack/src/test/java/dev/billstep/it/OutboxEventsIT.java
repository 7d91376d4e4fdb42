package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.event.Attempts;
import dev.billstep.event.DeliveryLost;
import dev.billstep.event.Receiver;
import dev.billstep.event.Settlement;
import dev.billstep.json.Json;
import dev.billstep.settings.WebhookAddress;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseOutbox;
import dev.billstep.watch.SendEvents;
import dev.billstep.watch.SendEvents.Told;
import dev.billstep.webhook.Reach;
import dev.billstep.webhook.WebhookReceiver;
import dev.billstep.webhook.WebhookSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What has become of jobs and pages is told to a server that listens, by way of the database. */
@ExtendWith(OnEmbeddedDatabase.class)
class OutboxEventsIT {

  private static final Duration HOLD = Duration.ofMinutes(3);

  private final EmbeddedDatabase database;
  private final SupabaseClient supabase;
  private final SupabaseOutbox outbox;
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> received = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  OutboxEventsIT(EmbeddedDatabase database) throws IOException {
    this.database = database;
    this.supabase = database.supabase();
    this.outbox = new SupabaseOutbox(supabase);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Other classes leave what has become of their jobs. */
  @BeforeEach
  void listen() throws SQLException {
    TestDatabase.sql(database, "DELETE FROM \"OutboxEvent\"");
    server.createContext("/", exchange -> {
      var body = exchange.getRequestBody().readAllBytes();
      received.add(Json.read(body, JsonNode.class));
      exchange.sendResponseHeaders(Optional.ofNullable(answers.poll()).orElse(204), -1);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Told send() {
    var address = URI.create("http://localhost:%d/".formatted(server.getAddress().getPort()));
    var secret = WebhookSecret.generate();
    List<Receiver> receivers = List.of(
      new WebhookReceiver(
        WebhookReceiver.client(),
        new WebhookAddress(address),
        () -> List.of(secret),
        Reach.MACHINE,
        InstantSource.system()
      )
    );
    return new SendEvents(
      outbox,
      () -> receivers,
      new Attempts(new Random(7)),
      InstantSource.system()
    ).send();
  }

  private TestJob job() {
    var job = TestJob.uploaded(supabase);
    job.persist(
      job.claimed("run-" + job.id(), "v1"),
      List.of(TestJob.page(1, "a"), TestJob.page(2, "b"))
    );
    return job;
  }

  private List<JsonNode> events() {
    return supabase.select("OutboxEvent", "happened_at.asc,id.asc", Map.of());
  }

  private JsonNode event() {
    assertThat(events()).hasSize(1);
    return events().getFirst();
  }

  private void timePasses() throws SQLException {
    TestDatabase.sql(
      database,
      "UPDATE \"OutboxEvent\" SET due_at = due_at - interval '1 day' WHERE due_at IS NOT NULL"
    );
  }

  @Test
  void aJobThatHasEndedIsToldOnceAndItsPagesAreNotQuoted() {
    var job = job();
    assertThat(send()).isEqualTo(new Told(1, 0, 0, 0));
    assertThat(send()).isEqualTo(new Told(0, 0, 0, 0));
    var told = received.element();
    assertThat(told.path("id")).isEqualTo(event().path("id"));
    assertThat(told.path("type").asText()).isEqualTo("job.processed");
    assertThat(told.at("/data/job_id").asText()).isEqualTo(job.id().toString());
    assertThat(told.at("/data/pages").asInt()).isEqualTo(2);
    assertThat(told.path("data").propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrder(
      "job_id",
      "user_id",
      "status",
      "attempt",
      "pages",
      "to_review",
      "unread",
      "error"
    );
    assertThat(event().path("outcome").asText()).isEqualTo("sent");
  }

  @Test
  void aJobThatFailsIsToldWithItsError() {
    var job = TestJob.uploaded(supabase);
    job.claimed("dies-" + job.id(), "v1");
    TestDatabase.fail(database, "dies-" + job.id());
    send();
    assertThat(received.element().path("type").asText()).isEqualTo("job.failed");
    assertThat(received.element().at("/data/error").asText()).isEqualTo("Name");
  }

  @Test
  void aPageIsToldWhenItIsApprovedAndNotBefore() throws SQLException {
    var job = job();
    TestDatabase.sql(database, "DELETE FROM \"OutboxEvent\"");
    send();
    assertThat(received).isEmpty();

    TestDatabase.sql(
      database,
      """
      UPDATE "Doc" SET ocr_payload = '{"fields": {"invoice_number": "INV-7"}}' WHERE job_thread_id = '%s'
      """.formatted(job.id())
    );
    var doc = job.docIds().getFirst();
    TestJob.reviewed(supabase, "decide_doc", doc, Map.of("p_review", "approved"));
    TestJob.reviewed(supabase, "decide_doc", doc, Map.of("p_review", "to_review"));
    send();
    assertThat(received)
      .extracting(told -> told.path("type").asText())
      .containsExactlyInAnyOrder("doc.approved", "doc.reopened");
    assertThat(received.element().at("/data/doc_id").asText()).isEqualTo(doc);
    assertThat(received.element().at("/data/head_id").asText()).as("by itself").isEqualTo(doc);
    assertThat(received.element().at("/data/pages").toString()).isEqualTo("[1]");
    assertThat(received.toString()).doesNotContain("Asha", "INV-7");
  }

  @Test
  void theEventsOfADocumentsPagesNameItsFirstPageAndAllOfThem() throws SQLException {
    var job = job();
    var pages = job.docIds().reversed();
    var versions = new HashMap<String, Object>();
    job.docs().forEach(doc -> versions.put(doc.path("id").asText(), doc.path("version")));
    supabase.call(
      "arrange_docs",
      Map.of(
        "p_doc_id",
        pages.getFirst(),
        "p_documents",
        List.of(pages),
        "p_loose",
        List.of(),
        "p_versions",
        versions,
        "p_actor",
        "Asha",
        "p_change_id",
        UUID.randomUUID()
      )
    );
    TestDatabase.sql(database, "DELETE FROM \"OutboxEvent\"");
    TestJob.reviewed(supabase, "decide_doc", pages.getFirst(), Map.of("p_review", "rejected"));
    send();
    assertThat(received)
      .extracting(told -> told.at("/data/doc_id").asText())
      .containsExactlyInAnyOrderElementsOf(pages);
    assertThat(received).allSatisfy(told -> {
      assertThat(told.at("/data/head_id").asText()).isEqualTo(pages.getFirst());
      assertThat(told.at("/data/pages").toString()).isEqualTo("[2,1]");
    });
  }

  @Test
  void whatIsTakenBackIsNotTold() throws SQLException {
    try (var connection = database.postgres().getConnection()) {
      connection.setAutoCommit(false);
      try (var sql = connection.createStatement()) {
        sql.execute(
          """
          INSERT INTO "JobThread" (id, user_id, status) VALUES
            ('00000000-0000-4000-8000-0000000000aa', '00000000-0000-4000-8000-0000000000bb', 'uploaded');
          UPDATE "JobThread" SET status = 'error', failed_at = now(), error = 'A', error_message = 'b'
          WHERE id = '00000000-0000-4000-8000-0000000000aa'
          """
        );
      }
      assertThat(send()).isEqualTo(new Told(0, 0, 0, 0));
      connection.rollback();
    }
    assertThat(events()).isEmpty();
  }

  @Test
  void aReceiverThatFailsTwiceIsToldAThirdTimeAndTheIdStays() throws SQLException {
    job();
    answers.addAll(List.of(500, 503));
    assertThat(send()).isEqualTo(new Told(0, 1, 0, 0));
    assertThat(event().path("failure").asText()).isEqualTo("localhost answered 500.");
    assertThat(send())
      .as("it is left alone for a minute")
      .isEqualTo(new Told(0, 0, 0, 0));
    timePasses();
    assertThat(send()).isEqualTo(new Told(0, 1, 0, 0));
    timePasses();
    assertThat(send()).isEqualTo(new Told(1, 0, 0, 0));
    assertThat(received).hasSize(3);
    assertThat(received.stream().distinct()).as("byte for byte the same").hasSize(1);
    assertThat(event().path("attempts").asInt()).isEqualTo(3);
    assertThat(event().path("failure").isNull()).isTrue();
  }

  @Test
  void aCallThatDiesAfterItHasSentIsFollowedByOneThatSendsTheSameIdAgain() throws SQLException {
    job();
    var dying = outbox.take(20, HOLD).getFirst();
    assertThat(outbox.take(20, HOLD)).as("nobody else has it").isEmpty();
    timePasses();
    assertThat(send()).isEqualTo(new Told(1, 0, 0, 0));
    assertThat(received.element().path("id").asText()).isEqualTo(dying.event().id().toString());
    assertThatThrownBy(() -> outbox.settle(dying, new Settlement.GivenUp(Set.of(), "No.")))
      .as("it was not dead, but slow")
      .isInstanceOf(DeliveryLost.class);
    assertThat(event().path("outcome").asText()).isEqualTo("sent");
  }

  @Test
  void ofManyCallsAtOnceEachHasEventsOfItsOwn() {
    for (int each = 0; each < 12; each++) {
      job();
    }
    var taken = Stream.generate(() -> outbox.take(3, HOLD))
      .parallel()
      .limit(6)
      .flatMap(List::stream)
      .map(delivery -> delivery.event().id())
      .toList();
    assertThat(taken).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void whoAsksAgainBecauseTheAnswerWasLostGetsTheSameEvents() {
    job();
    job();
    var arguments = Map.of("p_token", "t", "p_limit", 1, "p_seconds", 60);
    var first = supabase.call("take_events", arguments);
    assertThat(first).hasSize(1);
    assertThat(supabase.call("take_events", arguments)).isEqualTo(first);
    var settled = Map.of(
      "p_id",
      first.get(0).path("id"),
      "p_token",
      "t",
      "p_taken_by",
      List.of("webhook"),
      "p_outcome",
      "sent"
    );
    supabase.call("settle_event", settled);
    supabase.call("settle_event", settled);
    assertThat(events())
      .filteredOn(event -> event.path("outcome").asText().equals("sent"))
      .hasSize(1);
  }

  @Test
  void whatWasGivenUpIsSentAgainWhenSomebodyAsksForIt() {
    job();
    answers.add(410);
    assertThat(send()).isEqualTo(new Told(0, 0, 1, 0));
    assertThat(event().path("outcome").asText()).isEqualTo("given_up");
    assertThat(supabase.call("retry_events", Map.of()).asInt()).isEqualTo(1);
    assertThat(send()).isEqualTo(new Told(1, 0, 0, 0));
    assertThat(supabase.call("retry_events", Map.of()).asInt()).as("it was sent").isZero();
    var id = Map.of("p_id", event().path("id"));
    assertThat(supabase.call("retry_events", id).asInt()).as("by its id all the same").isEqualTo(1);
    assertThat(send()).isEqualTo(new Told(1, 0, 0, 0));
  }

  @Test
  void whatBecomesOfEventsIsCounted() {
    long before = sent();
    job();
    send();
    assertThat(sent()).isEqualTo(before + 1);
  }

  private long sent() {
    return supabase
      .call("operating_figures", Map.of())
      .path("events")
      .valueStream()
      .filter(row -> row.path("outcome").asText().equals("sent"))
      .mapToLong(row -> row.path("count").asLong())
      .sum();
  }
}
