package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.supabase.Rows;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** What is known of a job and its pages, to whoever may see it. */
public final class JobRows {

  /** What a request's address has room for: they take 37 characters each. */
  private static final int IDS_A_REQUEST = 100;

  private final Rows rows;

  public JobRows(Rows rows) {
    this.rows = rows;
  }

  /**
   * The {@code JobThread} row.
   *
   * @throws OperationRefused where there is none
   */
  public JsonNode row(JobId jobId) {
    return rows
      .selectOne("JobThread", Map.of("id", "eq." + jobId))
      .orElseThrow(() -> noSuchJob(jobId.toString()));
  }

  static OperationRefused noSuchJob(String given) {
    return new OperationRefused(
      Reason.NOT_FOUND,
      "There is no job \"%s\". To list all jobs: billstep jobs".formatted(given)
    );
  }

  /** The job's {@code Doc} rows, by page. */
  public List<JsonNode> docs(JobId jobId) {
    return rows.select("Doc", "page_number.asc", Map.of("job_thread_id", "eq." + jobId));
  }

  /**
   * One page's {@code Doc} row.
   *
   * @throws OperationRefused where the job has no such page
   */
  public JsonNode doc(JobId jobId, int page) {
    return rows
      .selectOne("Doc", Map.of("job_thread_id", "eq." + jobId, "page_number", "eq." + page))
      .orElseThrow(() ->
        new OperationRefused(
          Reason.NOT_FOUND,
          "Job %s has no page %d: it has %d.".formatted(jobId, page, docs(jobId).size())
        )
      );
  }

  /**
   * The row that a page was read from an image by: its own, or what it has said before.
   *
   * @param image the name with which the image's URI ends
   * @throws OperationRefused where neither was read from one of that name
   */
  public JsonNode readFrom(JobId jobId, int page, String image) {
    var doc = doc(jobId, page);
    Stream<JsonNode> known = isReadFrom(doc, image)
      ? Stream.of(doc)
      : revisions(List.of(doc)).stream();
    return known
      .filter(row -> isReadFrom(row, image))
      .findFirst()
      .orElseThrow(() ->
        new OperationRefused(
          Reason.NOT_FOUND,
          "Page %d was not read from %s.".formatted(page, image)
        )
      );
  }

  private static boolean isReadFrom(JsonNode row, String image) {
    return row
      .path("storage_uri")
      .asText()
      .endsWith("/" + image);
  }

  /** What was asked of models for the job, in the order in which it was noted. */
  public List<JsonNode> calls(JobId jobId) {
    return rows.select(
      "ModelCall",
      "created_at.asc,id.asc",
      Map.of("job_thread_id", "eq." + jobId)
    );
  }

  /** What {@code Doc} rows have said before, in the order in which it was replaced. */
  public List<JsonNode> revisions(List<JsonNode> docs) {
    return docs
      .stream()
      .map(doc -> doc.path("id").asText())
      .gather(Gatherers.windowFixed(IDS_A_REQUEST))
      .map(ids -> Map.of("doc_id", "in.(%s)".formatted(String.join(",", ids))))
      .flatMap(filters -> rows.select("DocRevision", "replaced_at.asc,id.asc", filters).stream())
      .toList();
  }

  /** The runs that it was granted, the first one first. */
  public List<JsonNode> attempts(JobId jobId) {
    return rows.select("JobAttempt", "attempt.asc", Map.of("job_thread_id", "eq." + jobId));
  }
}
