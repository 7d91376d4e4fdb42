package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.page.ImageReferences;
import dev.billstep.page.Sha256;
import dev.billstep.supabase.SupabaseImageReferences;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which images nobody would miss, by the rows of a real PostgreSQL. */
@ExtendWith(OnEmbeddedDatabase.class)
class ImageReferencesIT {

  private final EmbeddedDatabase database;
  private final ImageReferences images;

  ImageReferencesIT(EmbeddedDatabase database) {
    this.database = database;
    this.images = new SupabaseImageReferences(database.supabase());
  }

  @Test
  void whatARowOrARevisionOfItWasReadFromStays() {
    var job = TestJob.uploaded(database.supabase());
    persist(job, "one", Map.of(1, "before"));
    persist(job, "two", Map.of(1, "after"));
    assertThat(job.revisions()).hasSize(1);
    assertThat(unreferenced(image(job, "before"), image(job, "after"))).isEmpty();
    assertThat(unreferenced(image(job, "never"), image(job, "before"))).containsExactly(
      image(job, "never")
    );
  }

  @Test
  void whatARunIsAboutToWriteRowsOfStays() {
    var job = TestJob.uploaded(database.supabase());
    assertThat(unreferenced(image(job, "split")))
      .as("not claimed")
      .isEmpty();
    var token = job.claimed("one-" + job.id(), "v1");
    assertThat(unreferenced(image(job, "split")))
      .as("running")
      .isEmpty();
    job.park(token, "images/" + job.id());
    assertThat(job.status()).isEqualTo("waiting");
    assertThat(unreferenced(image(job, "split")))
      .as("waiting")
      .isEmpty();
  }

  @Test
  void ofARunThatFailedBeforeItsRowsNothingStays() {
    var job = TestJob.uploaded(database.supabase());
    job.claimed("failed-" + job.id(), "v1");
    TestDatabase.fail(database, "failed-" + job.id());
    assertThat(unreferenced(image(job, "split"))).containsExactly(image(job, "split"));
  }

  @Test
  void aPresentImageGoesWithItsPage() {
    var job = TestJob.uploaded(database.supabase());
    persist(job, "one", Map.of(1, "a", 2, "b"));
    persist(job, "two", Map.of(1, "a"));
    var gone = "jobs/%s/page-2.png".formatted(job.id());
    assertThat(unreferenced("jobs/%s/page-1.png".formatted(job.id()), gone)).containsExactly(gone);
    assertThat(unreferenced(image(job, "b"))).containsExactly(image(job, "b"));
  }

  @Test
  void aPictureOfAnImageGoesWithIt() {
    var job = TestJob.uploaded(database.supabase());
    var token = job.claimed("one-" + job.id(), "v1");
    assertThat(unreferenced(picture(job, "before")))
      .as("running")
      .isEmpty();
    job.persist(token, List.of(page(1, "s3://bucket/" + image(job, "before"))));
    persist(job, "two", Map.of(1, "after", 2, "gone"));
    persist(job, "three", Map.of(1, "after"));
    assertThat(unreferenced(picture(job, "before"), picture(job, "after"))).isEmpty();
    assertThat(unreferenced(picture(job, "gone"), picture(job, "after"))).containsExactly(
      picture(job, "gone")
    );
  }

  @Test
  void aPageThatCouldNotBeDrawnHasARecordAndNoPresentImage() {
    var job = TestJob.uploaded(database.supabase());
    var record = image(job, "undrawn").replace(".png", ".undrawn.json");
    job.persist(job.claimed("one-" + job.id(), "v1"), List.of(page(1, "file:///pages/" + record)));
    var present = "jobs/%s/page-1.png".formatted(job.id());
    assertThat(unreferenced(record, present)).containsExactly(present);
  }

  @Test
  void whatIsNoImageIsNobodysToJudge() {
    var job = TestJob.uploaded(database.supabase());
    persist(job, "one", Map.of(1, "a"));
    assertThat(
      unreferenced(
        "jobs/%s/results/read-bill-1.json".formatted(job.id()),
        "jobs/%s/attempt-1/manifest.json".formatted(job.id()),
        "jobs/%s/words/%s.json".formatted(job.id(), Sha256.of("a")),
        "jobs/readme.txt",
        "uploads/%s/%s/page-1.png".formatted(UUID.randomUUID(), job.id()),
        "jobs/%s/page-1.png".formatted(UUID.randomUUID())
      )
    ).isEmpty();
  }

  private List<String> unreferenced(String... keys) {
    return images.unreferenced(List.of(keys));
  }

  private static String image(TestJob job, String content) {
    return "jobs/%s/pages/%s.png".formatted(job.id(), Sha256.of(content));
  }

  private static String picture(TestJob job, String ofContent) {
    return "jobs/%s/pictures/%s/%s.jpg".formatted(
      job.id(),
      Sha256.of(ofContent),
      Sha256.of("a picture")
    );
  }

  /** Ends a run of the job with rows that were read from these images, by page. */
  private static void persist(TestJob job, String version, Map<Integer, String> pages) {
    var rows = pages
      .entrySet()
      .stream()
      .map(page -> page(page.getKey(), "s3://bucket/" + image(job, page.getValue())))
      .toList();
    job.persist(job.claimed(version + "-" + job.id(), version), rows);
  }

  private static Map<String, Object> page(int number, String uri) {
    var row = new HashMap<>(TestJob.page(number, uri));
    row.put("storage_uri", uri);
    return row;
  }
}
