package dev.billstep.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The flow in plain ASL, as every engine gets it. */
final class Definition {

  static final JsonMapper JSON = JsonMapper.builder().build();
  static final JsonNode ROOT = read();

  private Definition() {}

  /** Every machine by the name of the map that runs it, or the whole flow's. */
  static Map<String, JsonNode> machines() {
    var machines = new LinkedHashMap<String, JsonNode>();
    machines.put("process-document", ROOT);
    states().forEach((name, state) -> {
      if (state.has("ItemProcessor")) {
        machines.put(name, state.path("ItemProcessor"));
      }
    });
    return machines;
  }

  /** Every state, those inside maps as well. */
  static Map<String, JsonNode> states() {
    return statesOf(ROOT);
  }

  static Map<String, JsonNode> tasks() {
    var tasks = new LinkedHashMap<String, JsonNode>();
    states().forEach((name, state) -> {
      if (state.path("Type").asText().equals("Task")) {
        tasks.put(name, state);
      }
    });
    return tasks;
  }

  static JsonNode task(String name) {
    return Objects.requireNonNull(tasks().get(name), name);
  }

  private static Map<String, JsonNode> statesOf(JsonNode machine) {
    var states = new LinkedHashMap<String, JsonNode>();
    for (var state : machine.path("States").properties()) {
      states.put(state.getKey(), state.getValue());
      states.putAll(statesOf(state.getValue().path("ItemProcessor")));
    }
    return states;
  }

  private static JsonNode read() {
    try (var definition = Definition.class.getResourceAsStream("/process-document.asl.json")) {
      return JSON.readTree(Objects.requireNonNull(definition));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
