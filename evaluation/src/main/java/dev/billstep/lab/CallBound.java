package dev.billstep.lab;

import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.page.Word;
import dev.billstep.reading.PageModel.Answer;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Price;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a call can cost at most: no text has more tokens than bytes, no image more than its provider makes of the
 * largest that is sent, no answer more than it is allowed.
 *
 * @param inputTokens at most
 */
record CallBound(int inputTokens) {
  /** The schema of labels, field names, and the sentences around the pages. */
  private static final int FRAME = 4_000;

  /** A schema is sent with its references written out, to Ollama twice. */
  private static final int SCHEMA_COPIES = 6;

  /**
   * 2,000 by 2,000 pixels in patches of 14 by 14, the finest that a model is known to see: 20,409. OpenAI counts the
   * images of gpt-4o-mini with 2,833 tokens and 5,667 for each of up to eight tiles ("Images and vision").
   */
  private static final int IMAGE = 20_409;
  private static final int IMAGE_OF_GPT_4O_MINI = 48_169;

  static CallBound ofClassifying(ModelSettings model, List<PageImage> pages, Prompt prompt) {
    return new CallBound(
      FRAME +
        bytes(prompt.text()) +
        pages
          .stream()
          .mapToInt(page -> page(model, page))
          .sum()
    );
  }

  static CallBound ofReading(ModelSettings model, PageImage page, DocTypeSchema schema) {
    return new CallBound(
      FRAME +
        bytes(schema.prompt().text()) +
        SCHEMA_COPIES * bytes(Json.text(schema.schema())) +
        page(model, page)
    );
  }

  CallBound repairing(Answer first, List<String> problems) {
    return new CallBound(
      inputTokens +
        bytes(Json.text(first.fields())) +
        problems
          .stream()
          .mapToInt(problem -> bytes(problem) + 1)
          .sum()
    );
  }

  private static int page(ModelSettings model, PageImage page) {
    int image = model.model().contains("gpt-4o-mini") ? IMAGE_OF_GPT_4O_MINI : IMAGE;
    return (
      image +
      page
        .words()
        .stream()
        .map(Word::text)
        .mapToInt(word -> bytes(word) + 1)
        .sum()
    );
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** In US dollars, if the cache takes all of the input at whatever it takes for that. */
  BigDecimal usd(ModelSettings model, Price price) {
    int output = model.maxOutputTokens();
    return price.of(inputTokens, output, 0, 0).max(price.of(inputTokens, output, 0, inputTokens));
  }
}
