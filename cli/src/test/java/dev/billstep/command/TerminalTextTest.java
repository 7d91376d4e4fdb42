package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.json.Json;
import dev.billstep.operation.JobState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTextTest {

  /** Clears the screen; shows {@code fdp.exe} as {@code exe.pdf}. */
  private static final String STEERING = "\u001B[2J\u009B2J bill\u202Efdp.exe";

  private static final String WRITTEN_OUT = "\\u001b[2J\\u009b2J bill\\u202efdp.exe";

  @Test
  void whatSteersATerminalOrTurnsTextAroundIsWrittenOut() {
    assertThat(TerminalText.of("a\nb" + STEERING)).isEqualTo("a\nb" + WRITTEN_OUT);
    assertThat(TerminalText.ofLine("a\nb\u2067")).isEqualTo("a\\u000ab\\u2067");
  }

  @Test
  void whatPeopleWriteStays() {
    var hindi = "क्\u200Dषेत्र ₹ 1,000 😀 März";
    assertThat(TerminalText.ofLine(hindi)).isSameAs(hindi);
  }

  @Test
  void jsonSaysTheSameAsBefore() throws Exception {
    var json = TerminalText.of(Json.text(Map.of("file", STEERING)));
    assertThat(json).contains("\\u009b", "\\u202e");
    assertThat(Json.mapper().readTree(json).path("file").asText()).isEqualTo(STEERING);
  }

  @Test
  void namesInTablesAndBesideProgressAreSafe() {
    assertThat(new TextTable("FILE").row(List.of(STEERING + "\nJOB")).toString()).isEqualTo(
      "FILE\n" + WRITTEN_OUT + "\\u000aJOB"
    );
    var err = new StringWriter();
    try (var lines = new PrintWriter(err); var display = JobDisplay.of(STEERING, lines)) {
      display.show(
        JobState.of(Json.mapper().createObjectNode().put("status", "error").put("error", STEERING))
      );
    }
    assertThat(err.toString()).startsWith(WRITTEN_OUT).doesNotContain("\u001B", "\u202E");
  }
}
