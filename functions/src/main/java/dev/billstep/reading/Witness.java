package dev.billstep.reading;

import dev.billstep.page.PageImage;
import dev.billstep.page.SeenWord;
import java.util.List;

/**
 * Port: OCR that says what is printed on a page without a text layer of its own, so that what a model
 * says of it can be held against that. Those that need nothing from a function's environment are found
 * by {@link java.util.ServiceLoader}.
 */
public interface Witness {
  /** As {@code BILLSTEP_WITNESS} names it. */
  String name();

  /**
   * The words of a page's image, in reading order; empty where there are none.
   *
   * @throws dev.billstep.failure.TransientFailure when it does not answer now
   */
  List<SeenWord> words(PageImage page);
}
