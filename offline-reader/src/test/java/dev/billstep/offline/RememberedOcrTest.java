package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.ocr.Box;
import dev.billstep.ocr.Certainty;
import dev.billstep.ocr.OcrText;
import dev.billstep.ocr.SeenAtPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedOcrTest {

  private final List<byte[]> looked = new ArrayList<>();

  @TempDir
  Path folder;

  @Test
  void theSameImageIsReadOnceAlsoByAnotherProcess() {
    ocr().read(new byte[] { 1 });
    ocr().read(new byte[] { 1 });
    assertThat(looked).hasSize(1);
    ocr().read(new byte[] { 2 });
    assertThat(looked).hasSize(2);
  }

  @Test
  void theSamePlacesOfAnImageAreLookedAtOnce() {
    var places = List.of(new Box(1, 2, 30, 10));
    var seen = ocr().readAt(new byte[] { 1 }, places);
    assertThat(ocr().readAt(new byte[] { 1 }, places)).isEqualTo(seen);
    assertThat(looked).hasSize(1);
    ocr().readAt(new byte[] { 1 }, List.of(new Box(1, 2, 30, 11)));
    ocr().readAt(new byte[] { 2 }, places);
    assertThat(looked).hasSize(3);
  }

  private RememberedOcr ocr() {
    return new RememberedOcr(folder, new Looking());
  }

  private final class Looking implements PageOcr {

    @Override
    public OcrText read(byte[] png) {
      looked.add(png);
      return new OcrText(List.of());
    }

    @Override
    public List<SeenAtPlace> readAt(byte[] png, List<Box> places) {
      looked.add(png);
      return places
        .stream()
        .map(place -> new SeenAtPlace("A-1", new Certainty(0.9, 0.8)))
        .toList();
    }
  }
}
