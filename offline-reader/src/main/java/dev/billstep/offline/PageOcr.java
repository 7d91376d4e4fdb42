package dev.billstep.offline;

/** Reads the text on a page's image. */
@FunctionalInterface
public interface PageOcr {
  OcrText read(byte[] png);
}
