package dev.billstep.page;

import dev.billstep.text.StorableText;

/**
 * A piece of a page's text: of its own text layer, or as OCR has seen it.
 *
 * @param x left edge, {@code y} top edge, {@code width}, {@code height}: pixels of the page's image
 */
public record Word(String text, double x, double y, double width, double height) {
  public Word {
    text = StorableText.of(text);
  }
}
