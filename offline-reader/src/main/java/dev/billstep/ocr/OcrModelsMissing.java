package dev.billstep.ocr;

import dev.billstep.failure.PermanentFailure;

/** The class path lacks the models that are needed to read images. */
public final class OcrModelsMissing extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  OcrModelsMissing(String resource) {
    super(
      (
        "The offline reader can't read images: %s is not on the class path. " +
        "`billstep up` installs it; in AWS choose another model."
      ).formatted(resource)
    );
  }
}
