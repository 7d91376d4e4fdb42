package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.ocr.OcrText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedOcrTest {

  @Test
  void theSameImageIsReadOnceAlsoByAnotherProcess(@TempDir Path folder) {
    var read = new ArrayList<byte[]>();
    PageOcr ocr = png -> {
      read.add(png);
      return new OcrText(List.of());
    };
    new RememberedOcr(folder, ocr).read(new byte[] { 1 });
    new RememberedOcr(folder, ocr).read(new byte[] { 1 });
    assertThat(read).hasSize(1);
    new RememberedOcr(folder, ocr).read(new byte[] { 2 });
    assertThat(read).hasSize(2);
  }
}
