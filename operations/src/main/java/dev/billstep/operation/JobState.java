package dev.billstep.operation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How far a job is.
 *
 * @param status {@code uploaded}, {@code processing}, {@code waiting}, {@code processed} or {@code
 *     error}
 * @param pages 0 until they are known
 * @param message why it failed, what it waits for, or what is missing; empty where all is well
 */
public record JobState(String status, int pages, int classified, int read, String message) {
  /** By the clock of whoever looks; it is a day ago at most. */
  private static final DateTimeFormatter SENT = DateTimeFormatter.ofPattern(
    "HH:mm",
    Locale.ROOT
  ).withZone(ZoneId.systemDefault());

  public static JobState of(JsonNode row) {
    return new JobState(
      row.path("status").asText(),
      row.path("page_count").asInt(),
      row.path("classified_pages").size(),
      row.path("read_pages").size(),
      message(row)
    );
  }

  private static String message(JsonNode row) {
    return switch (row.path("status").asText()) {
      case "waiting" -> row.path("waiting_reason").asText("");
      case "processing" -> row.path("questions_sent_at").isTextual()
        ? "waits for the provider's batch (sent %s, answers within a day)".formatted(
            SENT.format(OffsetDateTime.parse(row.path("questions_sent_at").asText()))
          )
        : "";
      default -> row.path("error_message").asText("");
    };
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
    var progress =
      pages == 0
        ? status
        : "%s: %d %s, %d classified, %d read".formatted(
            status,
            pages,
            pages == 1 ? "page" : "pages",
            classified,
            read
          );
    return isProcessing() && !message.isEmpty() ? progress + "; " + message : progress;
  }
}
