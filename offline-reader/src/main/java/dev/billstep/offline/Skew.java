package dev.billstep.offline;

import com.benjaminwan.ocrlibrary.Point;
import com.benjaminwan.ocrlibrary.TextBlock;
import dev.billstep.page.Word;
import java.util.Comparator;
import java.util.List;

/**
 * How far a page's lines are off the level.
 *
 * @param radians positive where lines fall to the right
 */
record Skew(double radians) {
  /** The share of the widest pieces of text that tell the angle; short ones are too rough. */
  private static final int TELLING_SHARE = 3;

  static Skew of(List<TextBlock> blocks) {
    var angles = blocks
      .stream()
      .sorted(Comparator.comparingDouble(Skew::width).reversed())
      .limit(Math.max(1, blocks.size() / TELLING_SHARE))
      .mapToDouble(Skew::angle)
      .sorted()
      .toArray();
    return new Skew(angles.length == 0 ? 0 : angles[angles.length / 2]);
  }

  /** The piece of text with its box turned back by the skew. */
  Word level(TextBlock block) {
    var corners = block.getBoxPoint();
    double x = corners.stream().mapToInt(Point::getX).average().orElse(0);
    double y = corners.stream().mapToInt(Point::getY).average().orElse(0);
    double levelX = x * Math.cos(radians) + y * Math.sin(radians);
    double levelY = y * Math.cos(radians) - x * Math.sin(radians);
    double width = width(block);
    double height = distance(corners.get(0), corners.get(3));
    return new Word(
      block.getText().strip(),
      levelX - width / 2,
      levelY - height / 2,
      width,
      height
    );
  }

  private static double width(TextBlock block) {
    return distance(block.getBoxPoint().get(0), block.getBoxPoint().get(1));
  }

  private static double angle(TextBlock block) {
    var left = block.getBoxPoint().get(0);
    var right = block.getBoxPoint().get(1);
    return Math.atan2((double) right.getY() - left.getY(), (double) right.getX() - left.getX());
  }

  private static double distance(Point one, Point other) {
    return Math.hypot((double) one.getX() - other.getX(), (double) one.getY() - other.getY());
  }
}
