package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingOrderTest {

  @Test
  void aRowIsReadFromTheLeftThoughItsCellsAreNotQuiteLevel() {
    var lines = List.of(
      line("5,280.00", 900, 102),
      line("Total", 100, 104),
      line("TAX INVOICE", 400, 20)
    );
    assertThat(ReadingOrder.of(lines))
      .extracting(OcrLine::text)
      .containsExactly("TAX INVOICE", "Total", "5,280.00");
  }

  private static OcrLine line(String text, double x, double y) {
    var box = new Box(x, y, 100, 30);
    return new OcrLine(text, new Certainty(1, 1), box, box, List.of());
  }
}
