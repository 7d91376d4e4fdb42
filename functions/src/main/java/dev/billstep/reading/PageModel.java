package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.page.PageImage;
import dev.billstep.page.Word;
import dev.billstep.text.StorableText;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Port: a model that looks at pages. What is printed on a page is data to it, never a task. */
public interface PageModel {
  /**
   * Says what each of a batch of pages is.
   *
   * @return a label for each page, in the order of the pages
   * @throws ModelUnavailable when the model does not answer
   * @throws ModelThrottled when it takes no more calls for now
   * @throws PageFailure when it will not, or can't, answer for these pages
   */
  Labels classify(List<PageImage> pages, Prompt prompt);

  /**
   * Reads a page's fields.
   *
   * @return fields of the schema, not yet validated
   * @throws ModelUnavailable when the model does not answer
   * @throws ModelThrottled when it takes no more calls for now
   * @throws PageFailure when it will not, or can't, answer for this page
   */
  Answer read(PageImage page, DocTypeSchema schema);

  /**
   * Reads a page's fields once more, knowing what was wrong with the first answer. A model that
   * would say the same again gives the same answer.
   *
   * @param problems of the first answer, each with its place in the fields
   */
  Answer repair(PageImage page, DocTypeSchema schema, Answer first, List<String> problems);

  /** Whether it reads a page by its words alone: then those can't be held against what it says. */
  default boolean readsWords() {
    return false;
  }

  /** An answer, with what it took. */
  interface Answered {
    Usage usage();
  }

  /** What pages are, in their order. */
  record Labels(List<Label> labels, Usage usage) implements Answered {}

  /**
   * What a page is.
   *
   * @param confidence from 0 to 1
   */
  record Label(DocType type, double confidence) {
    public Label {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("No confidence: " + confidence);
      }
    }
  }

  /**
   * A page's fields.
   *
   * @param text what the model saw on the page, empty where it does not say
   * @param seen the same piece by piece, each where it stands on the image; empty where the model
   *     does not say, or looked at the page's own text layer
   * @param problems of the fields that can't be seen in them, such as one that was given twice
   * @param printed by JSON pointer, what each field was read from, and where; empty where the model
   *     does not say
   * @param doubts that the model itself has of its answer
   */
  record Answer(
    JsonNode fields,
    String text,
    List<Word> seen,
    List<String> problems,
    SortedMap<String, PrintedValue> printed,
    List<Finding> doubts,
    Usage usage
  ) implements Answered {
    public Answer {
      text = StorableText.of(text);
    }

    /** Of a model that does not say where it read what, and has no doubts. */
    public Answer(
      JsonNode fields,
      String text,
      List<Word> seen,
      List<String> problems,
      Usage usage
    ) {
      this(fields, text, seen, problems, new TreeMap<>(), List.of(), usage);
    }

    /** One whose fields show all that is wrong with them. */
    public Answer(JsonNode fields, String text, List<Word> seen, Usage usage) {
      this(fields, text, seen, List.of(), usage);
    }
  }
}
