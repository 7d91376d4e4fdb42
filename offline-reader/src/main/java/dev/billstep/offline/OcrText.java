package dev.billstep.offline;

import dev.billstep.page.Word;
import java.util.List;

/**
 * What OCR sees on a page.
 *
 * @param level with boxes as on the page upright, and turned so that lines of text are level
 * @param onImage the same pieces in the same order, with boxes in pixels of the image as it lies
 */
public record OcrText(List<Word> level, List<Word> onImage) {}
