package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.job.JobId;
import dev.billstep.operation.JobRows;
import java.util.List;

/**
 * All that a reviewer sees of a job, images apart.
 *
 * @param job its {@code JobThread} row
 * @param docs its {@code Doc} rows, by page
 * @param calls its {@code ModelCall} rows
 * @param revisions what the rows have said before: their {@code DocRevision} rows, oldest first, with
 *     the payload's fields alone
 * @param attempts the runs that it was granted: its {@code JobAttempt} rows
 */
public record JobView(
  JsonNode job,
  List<JsonNode> docs,
  List<JsonNode> calls,
  List<JsonNode> revisions,
  List<JsonNode> attempts
) {
  /** The job as it is now. */
  public static JobView of(JobRows jobs, JobId jobId) {
    var docs = jobs.docs(jobId);
    var revisions = jobs.revisions(docs).stream().map(JobView::withFieldsAlone).toList();
    return new JobView(jobs.row(jobId), docs, jobs.calls(jobId), revisions, jobs.attempts(jobId));
  }

  private static JsonNode withFieldsAlone(JsonNode revision) {
    ObjectNode slim = revision.deepCopy();
    slim.set("fields", revision.at("/ocr_payload/fields"));
    slim.remove("ocr_payload");
    return slim;
  }
}
