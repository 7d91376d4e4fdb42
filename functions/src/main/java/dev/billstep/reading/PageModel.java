package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.page.PageImage;
import dev.billstep.settings.DocTypeSchema;
import dev.billstep.settings.Prompt;
import java.util.List;

/** Port: a model that looks at pages. What is printed on a page is data to it, never a task. */
public interface PageModel {
  /**
   * Says what each of a batch of pages is.
   *
   * @return a label for each page, in the order of the pages
   * @throws ModelUnavailable when the model does not answer
   */
  List<Label> classify(List<PageImage> pages, Prompt prompt);

  /**
   * Reads a page's fields.
   *
   * @return fields of the schema, not yet validated
   * @throws ModelUnavailable when the model does not answer
   */
  Answer read(PageImage page, DocTypeSchema schema);

  /**
   * What a page is.
   *
   * @param confidence from 0 to 1
   */
  record Label(DocType type, double confidence) {}

  /**
   * A page's fields.
   *
   * @param text what the model saw on the page, empty where it does not say
   */
  record Answer(JsonNode fields, String text) {}
}
