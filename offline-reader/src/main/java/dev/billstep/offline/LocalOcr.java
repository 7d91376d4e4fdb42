package dev.billstep.offline;

import dev.billstep.ocr.Box;
import dev.billstep.ocr.OcrText;
import dev.billstep.ocr.PpOcr;
import dev.billstep.ocr.SeenAtPlace;
import java.util.List;

/** PP-OCR in this process. */
record LocalOcr(PpOcr ocr) implements PageOcr {
  @Override
  public OcrText read(byte[] png) {
    return ocr.read(png);
  }

  @Override
  public List<SeenAtPlace> readAt(byte[] png, List<Box> places) {
    return ocr.readAt(png, places);
  }
}
