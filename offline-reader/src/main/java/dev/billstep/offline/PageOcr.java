package dev.billstep.offline;

import dev.billstep.ocr.Box;
import dev.billstep.ocr.OcrText;
import dev.billstep.ocr.SeenAtPlace;
import java.util.List;

/** Reads the text on a page's image. */
public interface PageOcr {
  OcrText read(byte[] png);

  /**
   * Reads at places that are known.
   *
   * @param places around letters, in the image's pixels
   * @return of each place in their order what is seen there, if anything
   */
  List<SeenAtPlace> readAt(byte[] png, List<Box> places);
}
