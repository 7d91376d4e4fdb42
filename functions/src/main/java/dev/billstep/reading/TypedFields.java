package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocTypeSchema;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fields as somebody has typed them, in the form in which they are stored, held against the schema.
 *
 * @param stored {@code Rs. 1,200/-} as 1200, {@code 31-03-2026} as 2026-03-31; what can't be told stays
 *     as it was typed
 * @param problems of what is not stored so, each with its place in the fields: {@code /grand_total: …}
 */
public record TypedFields(JsonNode stored, List<String> problems) {
  /** By a doc type's schema. */
  public static TypedFields of(DocTypeSchema schema, JsonNode typed) {
    var form = StoredForm.of(schema, typed);
    return new TypedFields(
      form.fields(),
      Stream.of(form.problems(), SchemaValidation.problems(schema, form.fields()))
        .flatMap(List::stream)
        .toList()
    );
  }
}
