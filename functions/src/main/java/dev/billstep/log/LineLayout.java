package dev.billstep.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;

/** An event as a line of JSON; keys that nothing is known of are left out. */
final class LineLayout extends AbstractStringLayout {

  private static final int MILLIS = 3;
  private static final int NANOS_OF_A_MILLISECOND = 1_000_000;

  /** In the order in which they stand in a line. */
  private static final List<String> FACTS = List.of(
    "job_id",
    "page",
    "step",
    "attempt",
    "elapsed_ms",
    "outcome",
    "error",
    "cause",
    "function_name",
    "function_request_id"
  );

  private static final String COLD_START = "cold_start";
  private static final String TRACE = "xray_trace_id";

  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
    .appendInstant(MILLIS)
    .toFormatter();

  private final JsonFactory json = new JsonFactory();

  LineLayout() {
    super(StandardCharsets.UTF_8);
  }

  @Override
  public String toSerializable(LogEvent event) {
    var line = new StringWriter();
    try (var out = json.createGenerator(line)) {
      out.writeStartObject();
      write(out, event);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.append('\n').toString();
  }

  private static void write(JsonGenerator out, LogEvent event) throws IOException {
    var at = event.getInstant();
    out.writeStringField(
      "time",
      TIME.format(
        Instant.ofEpochSecond(
          at.getEpochSecond(),
          ((long) at.getNanoOfSecond() / NANOS_OF_A_MILLISECOND) * NANOS_OF_A_MILLISECOND
        )
      )
    );
    out.writeStringField("level", event.getLevel().name());
    out.writeStringField("logger", event.getLoggerName());
    var known = event.getContextData();
    for (var fact : FACTS) {
      String value = known.getValue(fact);
      if (value != null) {
        out.writeStringField(fact, value);
      }
    }
    String isCold = known.getValue(COLD_START);
    if (isCold != null) {
      out.writeBooleanField(COLD_START, Boolean.parseBoolean(isCold));
    }
    String trace = known.getValue(TRACE);
    if (trace != null) {
      out.writeStringField(TRACE, trace);
    }
    out.writeStringField("message", event.getMessage().getFormattedMessage());
    if (event.getThrown() != null) {
      out.writeStringField("exception", stackTrace(event.getThrown()));
    }
  }

  private static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
