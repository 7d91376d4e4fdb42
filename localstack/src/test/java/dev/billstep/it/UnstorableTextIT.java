package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.EmbeddedDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** U+0000 and halves of surrogate pairs, which no text of PostgreSQL has, end no job. */
@ExtendWith(OnEmbeddedDatabase.class)
class UnstorableTextIT {

  private static final String UNSTORABLE = "a\0b\uD800";
  private static final String STORED = "a\uFFFDb\uFFFD";

  private final EmbeddedDatabase database;

  UnstorableTextIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @Test
  void aRowIsWritten() {
    var job = TestJob.uploaded(database.supabase());
    var page = new HashMap<>(TestJob.page(1, UNSTORABLE));
    page.put("ocr_payload", Map.of("fields", Map.of(UNSTORABLE, UNSTORABLE)));
    page.put("error", UNSTORABLE);
    job.persist(job.claimed("text-" + job.id(), "v1"), List.of(page));
    assertThat(job.docs())
      .singleElement()
      .satisfies(doc -> {
        assertThat(doc.path("error").asText()).isEqualTo(STORED);
        assertThat(doc.at("/ocr_payload/fields").path(STORED).asText()).isEqualTo(STORED);
      });
    assertThat(job.status()).isEqualTo("processed");
  }

  @Test
  void aJobIsParkedAndFailed() {
    var job = TestJob.uploaded(database.supabase());
    var execution = "text-" + job.id();
    job.claimed(execution, "v1");
    database
      .supabase()
      .call(
        "fail_job",
        Map.of("p_execution", execution, "p_error", UNSTORABLE, "p_error_message", UNSTORABLE)
      );
    assertThat(job.status()).isEqualTo("error");
    assertThat(job.row().path("error_message").asText()).isEqualTo(STORED);
    var parked = TestJob.uploaded(database.supabase());
    parked.fenced(
      "park_job",
      parked.claimed("text-" + parked.id(), "v1"),
      Map.of(
        "p_model_id",
        "test/text-" + parked.id(),
        "p_reason",
        UNSTORABLE,
        "p_probe_seconds",
        60,
        "p_longest_probe_seconds",
        60
      )
    );
    assertThat(parked.status()).isEqualTo("waiting");
    assertThat(parked.row().path("waiting_reason").asText()).isEqualTo(STORED);
  }
}
