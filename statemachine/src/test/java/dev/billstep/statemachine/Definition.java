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

  /** Every machine by the name of the map that runs it, of the state that it starts at, or the whole flow's. */
  static Map<String, JsonNode> machines() {
    var machines = new LinkedHashMap<String, JsonNode>();
    machines.put("process-document", ROOT);
    states().forEach((name, state) -> {
      if (state.has("ItemProcessor")) {
        machines.put(name, state.path("ItemProcessor"));
      }
      for (var branch : state.path("Branches")) {
        machines.put("the branch of " + branch.path("StartAt").asText(), branch);
      }
    });
    return machines;
  }

  /** Every state, those inside maps and branches as well. */
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

  static JsonNode state(String name) {
    return Objects.requireNonNull(states().get(name), name);
  }

  static JsonNode task(String name) {
    return Objects.requireNonNull(tasks().get(name), name);
  }

  private static Map<String, JsonNode> statesOf(JsonNode machine) {
    var states = new LinkedHashMap<String, JsonNode>();
    for (var state : machine.path("States").properties()) {
      states.put(state.getKey(), state.getValue());
      states.putAll(statesOf(state.getValue().path("ItemProcessor")));
      state
        .getValue()
        .path("Branches")
        .forEach(branch -> states.putAll(statesOf(branch)));
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
