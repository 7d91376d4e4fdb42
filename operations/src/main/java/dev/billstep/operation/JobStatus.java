package dev.billstep.operation;

import java.util.Locale;

/** The states of a job, as the database has them. */
public enum JobStatus {
  UPLOADED,
  PROCESSING,
  WAITING,
  PROCESSED,
  ERROR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
