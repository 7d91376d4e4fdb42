package dev.billstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What a stack's functions have logged. */
public interface StackLogs {
  /**
   * The lines about a job, in order.
   *
   * @param since when it was made: nothing about it is older
   */
  List<JsonNode> ofJob(JobId jobId, Instant since);

  /** Where they are, for people. */
  String place();

  /** A line as it was logged; none where it is not JSON, or not whole yet. */
  static Stream<JsonNode> line(String text) {
    try {
      return Stream.of(Json.mapper().readTree(text));
    } catch (JsonProcessingException unfinished) {
      return Stream.empty();
    }
  }

  static boolean isAbout(JsonNode line, JobId jobId) {
    return line.path("job_id").asText().equals(jobId.toString());
  }
}
