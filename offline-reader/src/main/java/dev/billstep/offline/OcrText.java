package dev.billstep.offline;

import dev.billstep.ocr.Box;
import dev.billstep.ocr.OcrLine;
import dev.billstep.page.Word;
import java.util.List;
import java.util.function.Function;

/**
 * What OCR sees on a page.
 *
 * @param level with boxes as on the page upright, and turned so that lines of text are level
 * @param onImage the same pieces in the same order, with boxes in pixels of the image as it lies
 */
public record OcrText(List<Word> level, List<Word> onImage) {
  public static OcrText of(dev.billstep.ocr.OcrText read) {
    return new OcrText(
      placed(read.lines(), OcrLine::level),
      placed(read.lines(), OcrLine::onImage)
    );
  }

  private static List<Word> placed(List<OcrLine> lines, Function<OcrLine, Box> place) {
    return lines
      .stream()
      .map(line -> {
        var box = place.apply(line);
        return new Word(line.text(), box.x(), box.y(), box.width(), box.height());
      })
      .toList();
  }
}
