package dev.billstep.ocr;

import dev.billstep.failure.PermanentFailure;
import org.jspecify.annotations.Nullable;

/** A page's image could not be read. */
public final class OcrFailed extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  OcrFailed(String why, @Nullable Throwable cause) {
    super("OCR could not read the page: %s.".formatted(why), cause);
  }
}
