package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocTableTest {

  @Test
  void aPageThatCouldNotBeReadSaysWhyBelowTheTable() {
    var read = Map.of("page_number", 1, "doc_type", "unknown", "ocr_payload", Map.of());
    var unread = Map.of(
      "page_number",
      2,
      "doc_type",
      "unknown",
      "ocr_payload",
      Map.of(),
      "error",
      "Page 2 has no usable size. Scan it again."
    );
    var rows = List.<JsonNode>of(
      Json.mapper().valueToTree(read),
      Json.mapper().valueToTree(unread)
    );
    assertThat(DocTable.of(rows).lines())
      .hasSize(4)
      .anyMatch(line -> line.startsWith("1 ") && line.endsWith(" none"))
      .anyMatch(line -> line.startsWith("2 ") && line.endsWith(" not read"))
      .last()
      .isEqualTo("Page 2: Page 2 has no usable size. Scan it again.");
  }
}
