package dev.billstep.ocr;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The models of PP-OCRv6 as the wheel of the Python package {@code rapidocr} brings them. */
final class OcrModels {

  static final String DETECTOR = "rapidocr/models/PP-OCRv6_det_small.onnx";
  static final String RECOGNISER = "rapidocr/models/PP-OCRv6_rec_small.onnx";

  private final ClassLoader classPath;

  OcrModels(ClassLoader classPath) {
    this.classPath = classPath;
  }

  byte[] detector() {
    return read(DETECTOR);
  }

  byte[] recogniser() {
    return read(RECOGNISER);
  }

  private byte[] read(String resource) {
    try (var stream = classPath.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new OcrModelsMissing(resource);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
