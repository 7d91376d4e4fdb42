package dev.billstep.ocr;

import java.util.List;

/**
 * A piece of text that stands by itself: a line, or a cell of a table.
 *
 * @param text its words with one space between them
 * @param level where it stands on the page upright, turned so that lines of text are level
 * @param onImage where it stands on the image as it lies
 * @param words from left to right
 */
public record OcrLine(
  String text,
  Certainty certainty,
  Box level,
  Box onImage,
  List<OcrWord> words
) {}
