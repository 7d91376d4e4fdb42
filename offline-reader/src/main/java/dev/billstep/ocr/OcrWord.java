package dev.billstep.ocr;

/**
 * A word of a line: what stands between two spaces.
 *
 * @param level where it stands on the page upright, turned so that lines of text are level
 * @param onImage where it stands on the image as it lies
 */
public record OcrWord(String text, Certainty certainty, Box level, Box onImage) {}
