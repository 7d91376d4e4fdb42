package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doc.Doc;
import dev.billstep.doc.DocStatus;
import dev.billstep.doc.DocStore;
import dev.billstep.doctype.DocType;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.job.ClaimLost;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.supabase.SupabaseDocStore;
import dev.billstep.supabase.SupabaseLimits;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many rows, in requests of bounded size, are one completion. */
@ExtendWith(OnEmbeddedDatabase.class)
class SupabaseDocStoreIT {

  private static final DocStore.Ending ENDING = new DocStore.Ending(
    false,
    0,
    Optional.empty(),
    Optional.empty()
  );

  private static final int REQUEST_BYTES = 5_000;

  private final EmbeddedDatabase database;
  private final SupabaseDocStore store;

  SupabaseDocStoreIT(EmbeddedDatabase database) {
    this.database = database;
    var limits = SupabaseLimits.DEFAULT;
    this.store = new SupabaseDocStore(
      database.supabase(),
      new SupabaseLimits(
        limits.connect(),
        limits.request(),
        limits.total(),
        limits.attempts(),
        limits.firstDelay(),
        REQUEST_BYTES,
        limits.pageRows()
      )
    );
  }

  @Test
  void aThousandRowsAreWrittenInPartsAndSeenAtOnce() {
    var job = TestJob.uploaded(database.supabase());
    var run = run(job, job.claimed("one-" + job.id(), "v1"));
    store.persist(run, docs(1_000), ENDING);
    assertThat(job.status()).isEqualTo("processed");
    assertThat(job.docs())
      .extracting(doc -> doc.path("page_number").asInt())
      .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000).boxed().toList());
  }

  @Test
  void aRunThatLostItsJobWritesNothing() {
    var job = TestJob.uploaded(database.supabase());
    var lost = job
      .claim("dead-" + job.id(), "v1", 0)
      .path("token")
      .asText();
    job.claimed("alive-" + job.id(), "v1");
    var run = run(job, lost);
    var docs = docs(50);
    assertThatThrownBy(() -> store.persist(run, docs, ENDING)).isInstanceOf(ClaimLost.class);
    assertThat(job.docs()).isEmpty();
  }

  /** PostgreSQL leaves out what it has no column for, and says nothing. */
  @Test
  void everyPartOfADocIsInTheColumnOfItsName() {
    var job = TestJob.uploaded(database.supabase());
    var run = run(job, job.claimed("whole-" + job.id(), "v1"));
    var doc = doc(1, Optional.of("a sentence"), true);
    store.persist(run, List.of(doc), ENDING);
    var row = job.docs().getFirst();
    var written = Json.mapper().<JsonNode>valueToTree(doc);
    assertThat(written).hasSameSizeAs(Doc.class.getRecordComponents());
    written
      .properties()
      .forEach(part ->
        assertThat(row.path(part.getKey()).asText())
          .as(part.getKey())
          .isEqualTo(part.getValue().asText())
      );
  }

  private static JobRun run(TestJob job, String token) {
    return new JobRun(
      new JobId(job.id()),
      UserId.of("00000000-0000-4000-8000-000000000001"),
      token,
      1,
      new UploadedObject("bucket", "key", Optional.empty(), "etag"),
      URI.create("file:///settings")
    );
  }

  private static List<Doc> docs(int count) {
    return IntStream.rangeClosed(1, count)
      .mapToObj(page -> doc(page, Optional.empty(), false))
      .toList();
  }

  private static Doc doc(int page, Optional<String> error, boolean needsReview) {
    return new Doc(
      page,
      DocType.BILL,
      error.isEmpty() ? DocStatus.DRAFT_PENDING : DocStatus.UNKNOWN,
      new Doc.Payload(
        Optional.of(Json.mapper().createObjectNode()),
        Map.of(),
        List.of(),
        "page " + page,
        Optional.empty()
      ),
      URI.create("file:///page-" + page),
      Optional.of(1),
      "test/one",
      "1",
      0.9,
      error,
      needsReview
    );
  }
}
