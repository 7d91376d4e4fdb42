package dev.billstep.operation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far a job is.
 *
 * @param status {@code uploaded}, {@code processing}, {@code waiting}, {@code processed} or {@code
 *     error}
 * @param pages 0 until they are known
 * @param message why it failed or waits, or what is missing; empty where all is well
 */
public record JobState(String status, int pages, int classified, int read, String message) {
  public static JobState of(JsonNode row) {
    return new JobState(
      row.path("status").asText(),
      row.path("page_count").asInt(),
      row.path("classified_pages").size(),
      row.path("read_pages").size(),
      row
        .path(row.path("status").asText().equals("waiting") ? "waiting_reason" : "error_message")
        .asText("")
    );
  }

  @JsonIgnore
  public boolean isProcessed() {
    return status.equals("processed");
  }

  @JsonIgnore
  public boolean isProcessing() {
    return status.equals("processing");
  }

  @JsonIgnore
  public boolean isEnded() {
    return isProcessed() || status.equals("error");
  }

  @JsonIgnore
  public boolean isUnclaimed() {
    return status.equals("uploaded");
  }

  public String sentence() {
    if (status.equals("waiting")) {
      return "waiting: " + message;
    }
    return pages == 0
      ? status
      : "%s: %d %s, %d classified, %d read".formatted(
          status,
          pages,
          pages == 1 ? "page" : "pages",
          classified,
          read
        );
  }
}
