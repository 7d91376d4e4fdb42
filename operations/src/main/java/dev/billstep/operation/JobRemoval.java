package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.job.UploadKey;
import dev.billstep.job.UserId;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.stack.DeployedStack;
import dev.billstep.storage.PageKeys;
import dev.billstep.storage.S3BlobStore;
import dev.billstep.supabase.SupabaseRefused;
import java.util.Map;
import java.util.Optional;

/** Deletes jobs: their rows, their pages' images and their upload. What was decided about them is kept. */
public final class JobRemoval {

  /** A list of S3 has no more (Amazon S3 API reference, ListObjectsV2). */
  private static final int AT_ONCE = 1_000;

  private final DeployedStack stack;
  private final JobOperations jobs;

  public JobRemoval(DeployedStack stack) {
    this.stack = stack;
    this.jobs = new JobOperations(stack);
  }

  /**
   * What is gone.
   *
   * @param approved of its pages
   * @param files images, uploads and what runs have noted
   */
  public record Removed(int pages, int approved, int files) {}

  /**
   * Deletes a job. Rows go first, and at once; files that can't be deleted then are deleted by the
   * sweep, since no row names them.
   *
   * @param actor who says so
   * @param approvedToo also where pages are approved, or a draft was made of them
   * @throws OperationRefused where there is none, a run has it, or it has such pages
   */
  public Removed remove(JobId jobId, String actor, boolean approvedToo) {
    var user = UserId.of(jobs.row(jobId).path("user_id").asText());
    var rows = call(jobId, actor, approvedToo);
    int files;
    try (var s3 = stack.s3()) {
      files =
        delete(stack.pages(s3), jobId, PageKeys.PREFIX + jobId) +
        delete(
          new S3BlobStore(s3, stack.outputs().uploadBucket(), UploadKey.prefix(user, jobId)),
          jobId,
          UploadKey.PREFIX
        );
    }
    return new Removed(rows.path("pages").asInt(), rows.path("approved").asInt(), files);
  }

  private JsonNode call(JobId jobId, String actor, boolean approvedToo) {
    try {
      return stack
        .supabase()
        .call(
          "delete_job",
          Map.of("p_job_id", jobId, "p_actor", actor, "p_approved_too", approvedToo)
        );
    } catch (SupabaseRefused refused) {
      if (refused.code().equals("BS005")) {
        throw new OperationRefused(Reason.NOT_NOW, refused.reason());
      }
      throw refused;
    }
  }

  /** What is stored for the job, from a key on. */
  private static int delete(BlobStore store, JobId jobId, String after) {
    int deleted = 0;
    var from = Optional.of(after);
    while (from.isPresent()) {
      var portion = store.portion(from, AT_ONCE);
      var own = portion
        .blobs()
        .stream()
        .takeWhile((Blob blob) -> blob.jobId().equals(jobId))
        .toList();
      store.delete(own);
      deleted += own.size();
      from = own.size() < portion.blobs().size() ? Optional.empty() : portion.last();
    }
    return deleted;
  }
}
