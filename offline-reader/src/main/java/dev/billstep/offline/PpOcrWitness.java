package dev.billstep.offline;

import dev.billstep.ocr.OcrWord;
import dev.billstep.ocr.PpOcr;
import dev.billstep.page.PageImage;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import dev.billstep.reading.Witness;
import java.util.List;

/** PP-OCR as the witness of what another model says of a scan: on a machine that has its models. */
public final class PpOcrWitness implements Witness {

  private final PageOcr ocr;

  /** As the {@link java.util.ServiceLoader} makes it. */
  public PpOcrWitness() {
    this(new LocalOcr(PpOcr.ofClassPath()));
  }

  /** With the models on another class path. */
  public PpOcrWitness(ClassLoader models) {
    this(new LocalOcr(new PpOcr(models)));
  }

  /** With an OCR of the caller's, such as one that remembers what it has seen. */
  public PpOcrWitness(PageOcr ocr) {
    this.ocr = ocr;
  }

  @Override
  public String name() {
    return "ppocr";
  }

  @Override
  public List<SeenWord> words(PageImage page) {
    return ocr.read(page.bytes()).words().stream().map(PpOcrWitness::seen).toList();
  }

  private static SeenWord seen(OcrWord word) {
    var place = word.onImage();
    return new SeenWord(
      new Word(word.text(), place.x(), place.y(), place.width(), place.height()),
      word.certainty().least()
    );
  }
}
