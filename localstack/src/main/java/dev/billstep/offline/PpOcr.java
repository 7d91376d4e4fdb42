package dev.billstep.offline;

import com.benjaminwan.ocrlibrary.OcrResult;
import com.benjaminwan.ocrlibrary.TextBlock;
import dev.billstep.page.Word;
import io.github.mymonstercat.Model;
import io.github.mymonstercat.ocr.InferenceEngine;
import io.github.mymonstercat.ocr.config.HardwareConfig;
import io.github.mymonstercat.ocr.config.ParamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** PP-OCR v4 on the JVM: finds the pieces of text on an image and reads them. */
final class PpOcr {

  /** In pixels, around the page: text at its very edge is found, too. */
  private static final int PADDING = 50;

  /** In pixels: text is looked for on an image of that size, and read at the page's own. */
  private static final int LONGEST_SIDE = Integer.getInteger("billstep.side", 0);

  private static final float BOX_SCORE_THRESHOLD = 0.5f;
  private static final float PIXEL_THRESHOLD = 0.3f;
  private static final float UNCLIP_RATIO = 1.6f;

  private static final int NO_GPU = -1;

  /**
   * The native engine is one a process and uses every core by itself, so pages take turns.
   *
   * @return text with boxes in pixels, turned so that lines of text are level
   */
  synchronized List<Word> read(byte[] png) {
    var blocks = recognize(png).getTextBlocks().stream().filter(PpOcr::isText).toList();
    var skew = Skew.of(blocks);
    return blocks.stream().map(skew::level).toList();
  }

  private static boolean isText(TextBlock block) {
    return !block.getText().isBlank();
  }

  private static OcrResult recognize(byte[] png) {
    var parameters = new ParamConfig(
      PADDING,
      LONGEST_SIDE,
      BOX_SCORE_THRESHOLD,
      PIXEL_THRESHOLD,
      UNCLIP_RATIO,
      false,
      false
    );
    try {
      var file = Files.createTempFile("billstep-page", ".png"); // The engine reads files alone.
      try {
        Files.write(file, png);
        return Engine.INSTANCE.runOcr(file.toString(), parameters);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loaded when the first page needs it: a second or so. */
  private static final class Engine {

    static final InferenceEngine INSTANCE = InferenceEngine.getInstance(
      Model.ONNX_PPOCR_V4,
      new HardwareConfig(Runtime.getRuntime().availableProcessors(), NO_GPU)
    );
  }
}
