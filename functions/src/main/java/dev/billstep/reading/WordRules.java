package dev.billstep.reading;

import dev.billstep.page.Word;
import dev.billstep.reading.PageModel.Label;
import java.util.List;

/**
 * Port: rules that say what a page is by its words, which costs nothing. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface WordRules {
  /** Of the rules, as {@code Doc.model_id} has it. */
  String modelId();

  /**
   * What a page is.
   *
   * @param words of its text layer, in reading order
   */
  Label label(List<Word> words);
}
