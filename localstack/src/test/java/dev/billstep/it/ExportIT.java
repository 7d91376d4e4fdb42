package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.export.Cursor;
import dev.billstep.export.DocWriter;
import dev.billstep.export.DocsToExport;
import dev.billstep.export.DocsToExport.Review;
import dev.billstep.export.DocsToExport.Selection;
import dev.billstep.export.ExportedDoc;
import dev.billstep.job.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which pages other programs get: those that were approved, each once. */
@ExtendWith(OnEmbeddedDatabase.class)
class ExportIT {

  private final EmbeddedDatabase database;
  private final UUID user = UUID.randomUUID();

  ExportIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @Test
  void approvedPagesAreExportedWithTheFieldsThatCount() throws IOException {
    var page = read(1).getFirst();
    read(1);
    assertThat(export(Review.APPROVED, Optional.empty()).docs()).isEmpty();

    change(
      "correct_doc",
      page,
      Map.of("p_changes", List.of(Map.of("path", "/invoice_number", "value", "INV-7")))
    );
    approve(page);

    var exported = export(Review.APPROVED, Optional.empty()).docs();
    assertThat(exported).hasSize(1);
    assertThat(exported.getFirst().id()).hasToString(page);
    assertThat(exported.getFirst().reviewedBy()).contains("Asha");
    assertThat(exported.getFirst().fields().path("invoice_number").asText()).isEqualTo("INV-7");
    assertThat(export(Review.TO_REVIEW, Optional.empty()).docs()).hasSize(1);
    assertThat(export(Review.ANY, Optional.empty()).docs()).hasSize(2);
  }

  @Test
  void morePagesThanFitIntoOneAnswerAreAllExportedOnce() throws IOException {
    read(450);
    assertThat(export(Review.ANY, Optional.empty()).docs())
      .extracting(ExportedDoc::id)
      .hasSize(450)
      .doesNotHaveDuplicates();
  }

  @Test
  void anotherExportGivesWhatWasApprovedSince() throws IOException {
    var pages = read(3);
    approve(pages.get(2));
    var first = export(Review.APPROVED, Optional.empty());
    approve(pages.get(0));
    var second = export(Review.APPROVED, first.last());
    assertThat(second.docs())
      .extracting(doc -> doc.id().toString())
      .containsExactly(pages.get(0));
    assertThat(export(Review.APPROVED, second.last()).docs()).isEmpty();
    assertThat(export(Review.APPROVED, second.last()).last()).isEqualTo(second.last());
  }

  /** A cursor that is ahead of an approval that is still being written would leave it out for ever. */
  @Test
  void whatIsApprovedWhileItIsExportedIsInThisExportOrTheNext() throws Exception {
    var pages = read(120);
    var exported = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      var approvals = pages
        .stream()
        .map(page -> {
          Callable<JsonNode> approval = () -> approve(page);
          return threads.submit(approval);
        })
        .toList();
      var last = Optional.<Cursor>empty();
      boolean isOver = false;
      while (!isOver) {
        isOver = approvals.stream().allMatch(approval -> approval.isDone());
        var next = export(Review.APPROVED, last);
        next.docs().forEach(doc -> exported.add(doc.id().toString()));
        last = next.last();
      }
      for (var approval : approvals) {
        approval.get();
      }
      export(Review.APPROVED, last)
        .docs()
        .forEach(doc -> exported.add(doc.id().toString()));
    }
    assertThat(exported).containsExactlyInAnyOrderElementsOf(pages);
  }

  @Test
  void nobodyGetsSomebodyElses() throws IOException {
    approve(read(1).getFirst());
    var others = new Selection(
      DocType.BILL,
      Review.ANY,
      Optional.of(new UserId(UUID.randomUUID())),
      Optional.empty()
    );
    assertThat(export(others).docs()).isEmpty();
  }

  private List<String> read(int pages) {
    var job = TestJob.of(database.supabase(), user);
    var rows = new ArrayList<Map<String, Object>>();
    for (int number = 1; number <= pages; number++) {
      var row = new HashMap<String, Object>(TestJob.page(number, "text"));
      row.put(
        "ocr_payload",
        Map.of("fields", Map.of("invoice_number", job.id() + "-" + number), "findings", List.of())
      );
      rows.add(row);
    }
    job.persist(job.claimed("run-" + job.id(), "v1"), rows);
    return job.docIds();
  }

  private JsonNode approve(String page) {
    return change("decide_doc", page, Map.of("p_review", "approved"));
  }

  private JsonNode change(String function, String page, Map<String, ?> change) {
    return TestJob.reviewed(database.supabase(), function, page, change);
  }

  private Collected export(Review review, Optional<Cursor> after) throws IOException {
    return export(new Selection(DocType.BILL, review, Optional.of(new UserId(user)), after));
  }

  private Collected export(Selection selection) throws IOException {
    var docs = new ArrayList<ExportedDoc>();
    var collecting = new DocWriter() {
      @Override
      public void write(ExportedDoc doc) {
        docs.add(doc);
      }

      @Override
      public void close() {
        // Nothing to complete.
      }
    };
    return new Collected(
      docs,
      new DocsToExport(database.supabase()).write(selection, collecting).last()
    );
  }

  private record Collected(List<ExportedDoc> docs, Optional<Cursor> last) {}
}
