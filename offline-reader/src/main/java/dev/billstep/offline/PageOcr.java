package dev.billstep.offline;

import dev.billstep.ocr.OcrText;

/** Reads the text on a page's image. */
@FunctionalInterface
public interface PageOcr {
  OcrText read(byte[] png);
}
