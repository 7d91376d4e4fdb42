package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

class TextAreasTest {

  @Test
  void areasThatDoNotTouchAreApart() {
    assertThat(areas("##......", "........", "........", "....##..")).hasSize(2);
  }

  @Test
  void twoArmsThatMeetBelowAreOneArea() {
    assertThat(areas("#.......#", "#.......#", "#.......#", "#########")).hasSize(1);
  }

  @Test
  void aGapOfOnePixelIsBridged() {
    assertThat(areas("##.##")).hasSize(1);
    assertThat(areas("##..##")).hasSize(2);
  }

  @Test
  void theLeastRectangleOfATurnedLineRunsAlongIt() {
    double angle = Math.toRadians(20);
    var line = new Strip(50, 40, angle, 100, 12);
    var points = line
      .corners()
      .map(corner -> new Coordinate(corner.x(), corner.y()))
      .toList();
    var found = LeastRectangle.around(points);
    assertThat(found.angle()).isCloseTo(angle, within(1e-6));
    assertThat(found.length()).isCloseTo(100, within(1e-6));
    assertThat(found.height()).isCloseTo(12, within(1e-6));
    assertThat(found.x()).isCloseTo(50, within(1e-6));
    assertThat(found.y()).isCloseTo(40, within(1e-6));
  }

  @Test
  void theLeastRectangleOfALineThatRisesBeginsAtItsLeft() {
    var line = new Strip(50, 90, Math.toRadians(-30), 100, 12);
    var points = line
      .corners()
      .map(corner -> new Coordinate(corner.x(), corner.y()))
      .toList();
    var found = LeastRectangle.around(points);
    assertThat(found.angle()).isCloseTo(line.angle(), within(1e-6));
    assertThat(found.middle().x()).isCloseTo(line.middle().x(), within(1e-6));
    assertThat(found.y()).isCloseTo(90, within(1e-6));
  }

  private static List<List<Coordinate>> areas(String... rows) {
    int width = rows[0].length();
    var probabilities = new float[width * rows.length];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < width; x++) {
        probabilities[y * width + x] = rows[y].charAt(x) == '#' ? 0.9f : 0.1f;
      }
    }
    return List.copyOf(TextAreas.of(new TextMap(probabilities, width, rows.length)));
  }
}
