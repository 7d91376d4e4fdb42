package dev.billstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;

/** Alarms, the commands and people's queries know these lines by their keys. */
class LineLayoutTest {

  private final LineLayout layout = new LineLayout();

  @Test
  void aStepOfAnInvocationSaysAllThatIsKnownOfIt() {
    var line = layout.toSerializable(
      event(
        Map.ofEntries(
          Map.entry("job_id", "00000000-0000-4000-8000-000000000002"),
          Map.entry("page", "1,2"),
          Map.entry("step", "classify"),
          Map.entry("attempt", "1"),
          Map.entry("elapsed_ms", "12"),
          Map.entry("outcome", "failed"),
          Map.entry("error", "dev.billstep.x.Y"),
          Map.entry("cause", "States.Timeout"),
          Map.entry("function_name", "Classify"),
          Map.entry("function_request_id", "r"),
          Map.entry("cold_start", "true"),
          Map.entry("xray_trace_id", "1-2-3")
        )
      ).build()
    );
    assertThat(line).isEqualTo(
      "{\"time\":\"2026-01-02T03:04:05.006Z\",\"level\":\"INFO\",\"logger\":\"dev.billstep\"," +
        "\"job_id\":\"00000000-0000-4000-8000-000000000002\",\"page\":\"1,2\",\"step\":\"classify\"," +
        "\"attempt\":\"1\",\"elapsed_ms\":\"12\",\"outcome\":\"failed\",\"error\":\"dev.billstep.x.Y\"," +
        "\"cause\":\"States.Timeout\",\"function_name\":\"Classify\",\"function_request_id\":\"r\"," +
        "\"cold_start\":true,\"xray_trace_id\":\"1-2-3\",\"message\":\"step failed: why\"}\n"
    );
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(layout.toSerializable(event(Map.of()).build())).isEqualTo(
      "{\"time\":\"2026-01-02T03:04:05.006Z\",\"level\":\"INFO\",\"logger\":\"dev.billstep\"," +
        "\"message\":\"step failed: why\"}\n"
    );
  }

  @Test
  void aFailureThatWasNotForeseenSaysWhereItCameFromInTheSameLine() {
    var line = layout.toSerializable(
      event(Map.of())
        .setThrown(new IllegalStateException("two\nlines", new Error("below")))
        .build()
    );
    assertThat(line.strip()).doesNotContain("\n");
    assertThat(Json.read(line).path("exception").asText())
      .startsWith("java.lang.IllegalStateException: two\nlines")
      .contains("\tat " + LineLayoutTest.class.getName())
      .contains("Caused by: java.lang.Error: below");
  }

  @Test
  void whatNoTerminalShouldSeeIsEscaped() {
    var line = layout.toSerializable(event(Map.of("page", "\u001b[2J\"\n")).build());
    assertThat(line.strip()).doesNotContain("\u001b", "\n");
    JsonNode read = Json.read(line);
    assertThat(read.path("page").asText()).isEqualTo("\u001b[2J\"\n");
  }

  private static Log4jLogEvent.Builder event(Map<String, String> known) {
    var context = new SortedArrayStringMap();
    known.forEach(context::putValue);
    var at = new MutableInstant();
    at.initFromEpochMilli(1_767_323_045_006L, 789);
    return Log4jLogEvent.newBuilder()
      .setLoggerName("dev.billstep")
      .setLevel(Level.INFO)
      .setMessage(new ParameterizedMessage("step failed: {}", "why"))
      .setContextData(context)
      .setInstant(at);
  }
}
