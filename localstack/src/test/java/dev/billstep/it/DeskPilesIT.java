package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.supabase.SupabaseClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What waits at the desk, a part of it at a time. Other classes leave pages of their own. */
@ExtendWith(OnEmbeddedDatabase.class)
class DeskPilesIT {

  private static final int PART = 2;

  private final SupabaseClient supabase;
  private TestJob job;

  DeskPilesIT(EmbeddedDatabase database) {
    this.supabase = database.supabase();
  }

  @BeforeEach
  void fivePages() {
    job = TestJob.uploaded(supabase);
    job.persist(
      job.claimed("run-" + job.id(), "v1"),
      List.of(
        page(1, "bill", true),
        page(2, "eway_bill", true),
        page(3, "unknown", false),
        page(4, "bill", false),
        page(5, "bill", true)
      )
    );
  }

  @Test
  void everyDocumentIsInOnePileAndInOnePartOfIt() {
    assertThat(own("flagged")).containsExactly(1, 2, 5);
    assertThat(own("unknown")).containsExactly(3);
    assertThat(own("clear")).containsExactly(4);
  }

  @Test
  void thePilesAreCountedToTheirEnds() {
    for (var pile : List.of("flagged", "unknown", "clear")) {
      assertThat(supabase.call("count_piles", Map.of()).path(pile).asInt())
        .as(pile)
        .isEqualTo(walked(pile).size());
    }
  }

  @Test
  void whatIsDecidedMeanwhileMovesNothingElse() {
    var first = part("flagged", null, Math.max(walked("flagged").size() - 2, 1));
    TestJob.reviewed(
      supabase,
      "decide_doc",
      first.at("/docs/0/id").asText(),
      Map.of("p_review", "rejected")
    );
    var rest = part("flagged", first.path("next"), 1_000);
    assertThat(numbers(rest.path("docs"))).containsExactly(2, 5);
    assertThat(rest.path("next").isNull()).isTrue();
  }

  @Test
  void aDocumentOfSeveralPagesWaitsAsOne() {
    var ids = job.docIds();
    var versions = new HashMap<String, Object>();
    job.docs().forEach(doc -> versions.put(doc.path("id").asText(), doc.path("version")));
    supabase.call(
      "arrange_docs",
      Map.of(
        "p_doc_id",
        ids.getFirst(),
        "p_documents",
        List.of(List.of(ids.get(0), ids.get(2))),
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
    assertThat(own("unknown")).isEmpty();
    assertThat(own("flagged")).contains(1);
  }

  private List<Integer> own(String pile) {
    return walked(pile)
      .stream()
      .filter(doc -> doc.path("job_thread_id").asText().equals(job.id().toString()))
      .map(doc -> doc.path("page_number").asInt())
      .toList();
  }

  private List<Integer> numbers(JsonNode docs) {
    return docs
      .valueStream()
      .filter(doc -> doc.path("job_thread_id").asText().equals(job.id().toString()))
      .map(doc -> doc.path("page_number").asInt())
      .toList();
  }

  private List<JsonNode> walked(String pile) {
    var walked = new ArrayList<JsonNode>();
    var part = part(pile, null, PART);
    part.path("docs").forEach(walked::add);
    while (part.path("next").isObject()) {
      assertThat(part.path("docs")).hasSize(PART);
      part = part(pile, part.path("next"), PART);
      part.path("docs").forEach(walked::add);
    }
    return walked;
  }

  private JsonNode part(String pile, @Nullable JsonNode after, int limit) {
    var arguments = new HashMap<String, Object>();
    arguments.put("p_pile", pile);
    arguments.put("p_limit", limit);
    if (after != null) {
      arguments.put("p_after", after);
    }
    return supabase.call("list_pile", arguments);
  }

  private static Map<String, Object> page(int number, String type, boolean isFlagged) {
    var page = new HashMap<>(TestJob.page(number, "a"));
    page.put("doc_type", type);
    page.put("status", type.equals("unknown") ? "unknown" : "draft_pending");
    page.put("needs_review", isFlagged);
    page.put("ocr_payload", Map.of("fields", Map.of(), "findings", List.of()));
    return page;
  }
}
