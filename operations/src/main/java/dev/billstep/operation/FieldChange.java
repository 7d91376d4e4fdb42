package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Optional;

/**
 * What a reviewer says of a field.
 *
 * @param path of the field, as a JSON pointer in which a line of a table is named by its key: {@code
 *     /line_items/3f2a81c09b7e.1/quantity}; of a table its order; empty for what the page is
 * @param value as typed; of a line all of it, none to take it out; of a table the keys in order
 * @param withdrawn whether what was said before is taken back, and the reading counts again
 */
public record FieldChange(String path, Optional<JsonNode> value, boolean withdrawn) {
  /** A field, such as {@code /seller/gstin}, that says what was typed. */
  public static FieldChange of(String path, JsonNode value) {
    return new FieldChange(path, Optional.of(value), false);
  }

  /** The value, as JSON has it. */
  JsonNode typed() {
    return value.orElse(NullNode.instance);
  }

  /** The names on the way to it. */
  List<String> place() {
    return path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
  }
}
