package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.page.Word;
import dev.billstep.reading.PageModel.Answer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A model's answer, with its fields in the form in which they are stored, held against the schema. */
public final class CheckedAnswer {

  private final DocTypeSchema schema;
  private final Answer answer;
  private final StoredForm stored;
  private final List<String> problems;

  private CheckedAnswer(
    DocTypeSchema schema,
    Answer answer,
    StoredForm stored,
    List<String> problems
  ) {
    this.schema = schema;
    this.answer = answer;
    this.stored = stored;
    this.problems = problems;
  }

  public static CheckedAnswer of(DocTypeSchema schema, Answer answer) {
    var stored = StoredForm.of(schema, answer.fields());
    var problems = Stream.of(
      answer.problems(),
      stored.problems(),
      SchemaValidation.problems(schema, stored.fields())
    )
      .flatMap(List::stream)
      .toList();
    return new CheckedAnswer(schema, answer, stored, problems);
  }

  /** That the page was read by. */
  public DocTypeSchema schema() {
    return schema;
  }

  /** As the model gave it. */
  public Answer answer() {
    return answer;
  }

  /** In the form in which they are stored. */
  public JsonNode fields() {
    return stored.fields();
  }

  /** Of the answer, and of that form under the schema; empty where all fits. */
  public List<String> problems() {
    return problems;
  }

  /**
   * Where the model says, or it is known, where a value stands, what stands there; otherwise what the
   * model gave.
   *
   * @param words of the page
   */
  public SortedMap<String, PrintedValue> printed(List<Word> words) {
    var printed = new TreeMap<String, PrintedValue>();
    stored.asGiven().forEach((path, text) -> printed.put(path, PrintedValue.of(text)));
    if (!answer.printed().isEmpty()) {
      printed.putAll(answer.printed());
    } else if (schema.docType() != DocType.UNKNOWN) {
      var seen = answer.seen().isEmpty() ? words : answer.seen();
      printed.putAll(PrintedFields.find(fields(), seen));
    }
    return printed;
  }
}
