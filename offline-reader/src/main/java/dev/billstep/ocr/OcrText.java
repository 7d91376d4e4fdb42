package dev.billstep.ocr;

import java.util.List;

/**
 * What is read on a page.
 *
 * @param lines from the top, and from the left where they stand side by side
 */
public record OcrText(List<OcrLine> lines) {
  /** Every line's words, in the lines' order. */
  public List<OcrWord> words() {
    return lines
      .stream()
      .flatMap(line -> line.words().stream())
      .toList();
  }
}
