package dev.billstep.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.io.IOException;
import java.util.Objects;

/** The state machine's definition, as it is deployed. */
final class Flow {

  private Flow() {}

  static JsonNode definition() {
    try (var definition = Flow.class.getResourceAsStream("/process-document.asl.json")) {
      return Json.read(Objects.requireNonNull(definition).readAllBytes(), JsonNode.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
