package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.json.Json;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.reading.TypedFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that count of a page, and what becomes of them by a reviewer's changes. */
final class CorrectedFields {

  private final DocTypeSchema schema;
  private final ObjectNode fields;
  private final LineKeys lines;

  /** By what is asked to be changed, what has to be: of a part that was not read, all of it. */
  private final Map<String, List<String>> changed = new LinkedHashMap<>();

  /**
   * Takes what counts so far.
   *
   * @param fields with tables as lists
   * @param lines the keys of their lines
   */
  CorrectedFields(DocTypeSchema schema, JsonNode fields, LineKeys lines) {
    this.schema = schema;
    this.fields = fields.deepCopy();
    this.lines = lines;
  }

  LineKeys lines() {
    return lines;
  }

  /** With what was typed in the form in which it is stored. */
  TypedFields typed() {
    return TypedFields.of(schema, fields);
  }

  /**
   * Makes a change.
   *
   * @throws OperationRefused where there is no such field
   */
  void change(FieldChange change) {
    var place = change.place();
    changed.put(change.path(), place);
    if (lines.isTable(place.getFirst()) && place.size() <= 2) {
      if (place.size() == 1) {
        order(place.getFirst(), change.typed());
      } else {
        line(place.getFirst(), place.get(1), change.typed());
      }
    } else {
      parent(change, place).set(place.getLast(), change.typed());
    }
  }

  private void order(String table, JsonNode wanted) {
    var known = lines.of(table);
    var keys = new ArrayList<>(wanted.valueStream().map(JsonNode::asText).toList());
    keys.retainAll(known);
    known
      .stream()
      .filter(key -> !keys.contains(key))
      .forEach(keys::add);
    var old = table(table).deepCopy();
    var numbers = new HashMap<String, Integer>();
    known.forEach(key -> numbers.put(key, numbers.size()));
    table(table).removeAll();
    keys.forEach(key -> table(table).add(old.get(numbers.getOrDefault(key, 0))));
    lines.tables().put(table, keys);
  }

  private void line(String table, String key, JsonNode line) {
    var keys = lines.of(table);
    int number = keys.indexOf(key);
    if (line.isNull()) {
      if (number >= 0) {
        keys.remove(number);
        table(table).remove(number);
      }
    } else if (number >= 0) {
      table(table).set(number, line);
    } else {
      var whole = blank(schema.resolved(type(table).path("items")));
      whole.setAll((ObjectNode) line);
      keys.add(key);
      table(table).add(whole);
    }
  }

  private ArrayNode table(String name) {
    return (ArrayNode) fields.get(name);
  }

  /** The object that a field is in; a part that was not read becomes one with nothing in it. */
  private ObjectNode parent(FieldChange change, List<String> place) {
    var pointer = lines.pointer(place.subList(0, place.size() - 1));
    var parent = fields.at(pointer);
    if (parent.isNull() && place.size() == 2) {
      parent = blank(schema.resolved(type(place.getFirst())));
      fields.set(place.getFirst(), parent);
      changed.put(change.path(), place.subList(0, 1));
    }
    if (parent instanceof ObjectNode object && object.has(place.getLast())) {
      return object;
    }
    throw new OperationRefused(
      Reason.INVALID,
      "There is no field %s on this page.".formatted(change.path())
    );
  }

  private JsonNode type(String field) {
    return schema.resolved(schema.schema().path("properties").path(field));
  }

  private static ObjectNode blank(JsonNode type) {
    var blank = Json.mapper().createObjectNode();
    type
      .path("properties")
      .fieldNames()
      .forEachRemaining(name -> blank.set(name, NullNode.instance));
    return blank;
  }

  /**
   * The changes as the database is told of them, in the form in which values are stored.
   *
   * @throws OperationRefused where one has a value that its field can't have
   */
  List<FieldChange> toStore(List<FieldChange> asked) {
    var typed = typed();
    var told = new LinkedHashMap<String, FieldChange>();
    for (var change : asked) {
      var place = changed.get(change.path());
      if (change.withdrawn() || place == null || place.isEmpty()) {
        told.put(change.path(), change);
        continue;
      }
      boolean isWhole = place.size() == 1 && lines.isTable(place.getFirst());
      var value =
        isWhole || change.typed().isNull()
          ? change.typed()
          : typed.stored().at(lines.pointer(place));
      refuseUnstorable(typed, lines.pointer(place));
      var path = "/" + String.join("/", place);
      told.put(path, FieldChange.of(path, value));
    }
    return List.copyOf(told.values());
  }

  private static void refuseUnstorable(TypedFields typed, String pointer) {
    typed
      .problems()
      .stream()
      .filter(problem -> problem.startsWith(pointer + ":") || problem.startsWith(pointer + "/"))
      .findFirst()
      .ifPresent(problem -> {
        throw new OperationRefused(
          Reason.INVALID,
          FieldProblem.of(typed.stored(), problem).message()
        );
      });
  }
}
