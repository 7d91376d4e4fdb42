package dev.billstep.intake;

import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.OperationRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes jobs of what comes in: one for each document. */
public final class Uploads {

  private final JobOperations jobs;

  public Uploads(JobOperations jobs) {
    this.jobs = jobs;
  }

  /**
   * A document that is a job now.
   *
   * @param file its name, with what it came in
   */
  public record Upload(JobId id, String file) {}

  /** What became of what came in. */
  public record Outcome(List<Upload> uploads, List<LeftOut> leftOut) {
    public Outcome {
      uploads = List.copyOf(uploads);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Uploads a file, or the documents that are in it.
   *
   * @param name as the user knows it
   */
  public Outcome take(Path file, String name, UserId user) {
    return take(file, name, user, UUID.randomUUID());
  }

  /**
   * Uploads a file, or the documents that are in it, unless that was done before for the same arrival: what an
   * attempt that broke off has uploaded is not uploaded again.
   *
   * @param arrival says which arrival it is: ids of jobs are made of it
   */
  public Outcome take(Path file, String name, UserId user, UUID arrival) {
    try (var incoming = new Incoming().add(name, file)) {
      var uploads = new ArrayList<Upload>();
      var leftOut = new ArrayList<>(incoming.leftOut());
      for (var document : incoming.documents()) {
        var id = jobOf(arrival, uploads.size() + leftOut.size(), document);
        try {
          jobs.uploadOnce(id, document.content(), document.fileName(), user);
          uploads.add(new Upload(id, document.name()));
        } catch (OperationRefused e) {
          leftOut.add(new LeftOut(document.name(), String.valueOf(e.getMessage())));
        }
      }
      return new Outcome(uploads, leftOut);
    }
  }

  /** By name and place: a ZIP may have two files of one name. */
  private static JobId jobOf(UUID arrival, int place, IncomingFile document) {
    var named = "%s %d %s".formatted(arrival, place, document.name());
    return new JobId(UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8)));
  }
}
