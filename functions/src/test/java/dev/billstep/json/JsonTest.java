package dev.billstep.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  /** As a model may answer: JSON can say what neither UTF-8 nor PostgreSQL has. */
  private static final String ANSWER = """
  {"a\\u0000": ["b\\u0000", {"c\\u0000": "d\\udc00"}], "e": "\\ud83d\\ude00"}""";

  @Test
  void aNumberThatNoMemoryHoldsIsWrittenAsText() throws Exception {
    var tree = Json.mapper().readTree("[1e999999999, 1e-999999999, 12.50]");
    assertThat(Json.text(tree)).isEqualTo("[\"1E+999999999\",\"1E-999999999\",12.5]");
  }

  private record Line(String text, Map<String, String> more, JsonNode tree) {}

  @Test
  void whateverIsWrittenCanBeStored() throws Exception {
    var tree = Json.mapper().readTree(ANSWER);
    var line = new Line("x\0", Map.of("y\uDC00", "z\0"), tree);
    var written = new String(Json.bytes(List.of(line)), StandardCharsets.UTF_8);
    assertThat(written)
      .contains("b\uFFFD", "c\uFFFD", "d\uFFFD", "x\uFFFD", "y\uFFFD", "z\uFFFD")
      .doesNotContain("\\u0000");
    assertThat(Json.text(line)).doesNotContain("\\u0000").contains("a\uFFFD", "😀");
  }
}
