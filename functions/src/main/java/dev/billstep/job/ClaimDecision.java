package dev.billstep.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.billstep.doctype.DocType;
import java.util.Map;
import java.util.Optional;

/** What the database says to a run that wants to work on a job. */
public sealed interface ClaimDecision {
  /**
   * This run holds the job now, until its lease ends.
   *
   * @param upload what the run is to read
   * @param replay what the job is processed again for, where it is
   * @param types what pages are by a person's word, by the SHA-256 of their images
   */
  record Granted(
    String token,
    int attempt,
    UserId userId,
    UploadedObject upload,
    Optional<Replay> replay,
    Map<String, DocType> types
  ) implements ClaimDecision {}

  /** Nothing to do for this run. */
  record Declined(Reason reason) implements ClaimDecision {}

  /** The job has never had an upload: which object is it? */
  record UploadUnknown(UserId userId) implements ClaimDecision {}

  /** Why a run has nothing to do. */
  enum Reason {
    /** Another run holds a live lease on the job. */
    @JsonProperty("held")
    HELD,

    /** This version of the object was already dealt with. */
    @JsonProperty("already_processed")
    ALREADY_PROCESSED,

    /** A newer version of the object was dealt with. */
    @JsonProperty("superseded")
    SUPERSEDED,

    /** The model does not answer at present: the job is started again when it does. */
    @JsonProperty("waiting")
    WAITING,
  }
}
