package dev.billstep.export;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns of a doc type: its schema's fields in the order in which they were written, those of
 * objects by their path.
 *
 * @param values of the page
 * @param tables of the page, each with the columns of its lines
 */
public record Layout(List<Column> values, List<Table> tables) {
  /** What tells a document from others, for programs. */
  static final List<String> IDS = List.of("id", "job_id");

  /** What a document is, beside its fields. */
  static final List<String> OF_PAGE = List.of(
    "file_name",
    "page_number",
    "pages",
    "review",
    "reviewed_by",
    "at",
    "needs_review",
    "bundled_with"
  );

  /**
   * A field.
   *
   * @param name such as {@code seller.gstin}
   */
  public record Column(String name, JsonPointer pointer) {}

  /**
   * A list of lines.
   *
   * @param columns their pointers begin at a line
   */
  public record Table(String name, JsonPointer pointer, List<Column> columns) {}

  /**
   * Lays out what a schema describes.
   *
   * @param schema JSON Schema 2020-12 of an object, with references within itself alone
   */
  public static Layout of(JsonNode schema) {
    var values = new ArrayList<Column>();
    var tables = new ArrayList<Table>();
    collect(schema, schema, "", JsonPointer.empty(), values, tables);
    return new Layout(List.copyOf(values), List.copyOf(tables));
  }

  private static void collect(
    JsonNode root,
    JsonNode object,
    String prefix,
    JsonPointer at,
    List<Column> values,
    List<Table> tables
  ) {
    for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
      var name = prefix + property.getKey();
      var pointer = at.appendProperty(property.getKey());
      var schema = resolved(root, property.getValue());
      if (schema.has("properties")) {
        collect(root, schema, name + ".", pointer, values, tables);
      } else if (schema.has("items")) {
        var columns = new ArrayList<Column>();
        var line = resolved(root, schema.path("items"));
        if (line.has("properties")) {
          collect(root, line, "", JsonPointer.empty(), columns, new ArrayList<>());
        } else {
          columns.add(new Column("value", JsonPointer.empty()));
        }
        tables.add(new Table(name, pointer, List.copyOf(columns)));
      } else {
        values.add(new Column(name, pointer));
      }
    }
  }

  private static JsonNode resolved(JsonNode root, JsonNode schema) {
    var reference = schema.path("$ref").asText("");
    return reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
  }
}
