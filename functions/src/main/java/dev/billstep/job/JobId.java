package dev.billstep.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a job: the key of its {@code JobThread} row. */
public record JobId(@JsonValue UUID value) {
  /** How an id is written, a user's too, in keys and paths: a regular expression. */
  public static final String FORM = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static JobId of(String text) {
    return new JobId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
