package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where one column ends and the next begins: in the white between them that the fewest words cross. */
final class Borders {

  /** What a word of a heading in the way counts, beside words of the rows. */
  private static final double HEADING = 0.5;

  /** In pixels: what is narrower is a gap between two letters. */
  private static final int NARROWEST = 3;

  private static final Pattern SIGN = Pattern.compile("(?i)Rs\\.?|INR|₹");

  private static final Pattern OWN_NUMBER = Pattern.compile("\\d{1,3}[.)]?");

  private final double[] borders;

  Borders(List<Column> columns, List<Token> body) {
    borders = new double[Math.max(0, columns.size() - 1)];
    for (int index = 0; index < borders.length; index++) {
      var left = columns.get(index);
      double border = border(left, columns.get(index + 1), columns, body);
      borders[index] = left.key().equals("number")
        ? behindNumbers(left, body).orElse(border)
        : border;
    }
  }

  /** The rows' own numbers are narrow: what stands next to them is in the next column. */
  private static OptionalDouble behindNumbers(Column column, List<Token> body) {
    var numbers = body
      .stream()
      .filter(token -> OWN_NUMBER.matcher(token.text()).matches())
      .filter(token -> token.box().sharedWidth(column.box()) > 0)
      .toList();
    double end = numbers
      .stream()
      .mapToDouble(token -> token.box().right())
      .max()
      .orElse(0);
    return numbers
      .stream()
      .flatMapToDouble(number ->
        body
          .stream()
          .filter(token -> token.box().sharedHeight(number.box()) > 0)
          .mapToDouble(token -> token.box().left())
          .filter(left -> left > number.box().right())
      )
      .filter(left -> left > end)
      .min()
      .stream()
      .map(next -> (end + next) / 2)
      .findFirst();
  }

  private static double border(Column left, Column right, List<Column> columns, List<Token> body) {
    int from = (int) Math.round(left.box().center());
    int to = Math.max(from + 1, (int) Math.round(right.box().center()));
    var crossing = new double[to - from + 1];
    for (int index = 0; index < body.size(); index++) {
      var box = withSign(body, index);
      cross(crossing, from, box.left(), box.right(), 1);
    }
    for (var column : columns) {
      cross(crossing, from, column.box().left(), column.box().right(), HEADING);
    }
    return from + middleOfLowest(crossing, left.key().equals("number"));
  }

  /** A sign of money and the amount behind it are one. */
  private static Box withSign(List<Token> tokens, int index) {
    var box = tokens.get(index).box();
    if (isSign(tokens, index)) {
      return box.with(tokens.get(index + 1).box());
    }
    return index > 0 && isSign(tokens, index - 1)
      ? tokens
          .get(index - 1)
          .box()
          .with(box)
      : box;
  }

  private static boolean isSign(List<Token> tokens, int index) {
    if (index + 1 >= tokens.size() || !SIGN.matcher(tokens.get(index).text()).matches()) {
      return false;
    }
    var sign = tokens.get(index).box();
    var amount = tokens.get(index + 1).box();
    return (
      sign.sharedHeight(amount) > 0.5 * sign.height() &&
      amount.left() >= sign.left() &&
      amount.left() - sign.right() < sign.height()
    );
  }

  private static void cross(double[] crossing, int from, double left, double right, double weight) {
    int start = Math.max(0, (int) Math.ceil(left) - from);
    int end = Math.min(crossing.length - 1, (int) Math.floor(right) - from);
    for (int index = start; index <= end; index++) {
      crossing[index] += weight;
    }
  }

  /**
   * The middle of the widest stretch that nothing, or the least, crosses.
   *
   * @param isFirst whether the first will do: a column of the rows' own numbers is narrow
   */
  private static double middleOfLowest(double[] crossing, boolean isFirst) {
    double lowest = Double.MAX_VALUE;
    for (double count : crossing) {
      lowest = Math.min(lowest, count);
    }
    int bestStart = 0;
    int bestLength = 0;
    int start = -1;
    for (int index = 0; index <= crossing.length; index++) {
      boolean isLow = index < crossing.length && crossing[index] <= lowest;
      if (isLow && start < 0) {
        start = index;
      } else if (!isLow && start >= 0) {
        if (index - start > bestLength && !(isFirst && bestLength > NARROWEST)) {
          bestLength = index - start;
          bestStart = start;
        }
        start = -1;
      }
    }
    return bestStart + bestLength / 2.0;
  }

  /** Words by the index of the column that they stand in. */
  SortedMap<Integer, List<Token>> cells(List<Token> line) {
    var cells = new TreeMap<Integer, List<Token>>();
    for (int index = 0; index < line.size(); index++) {
      int column = 0;
      while (column < borders.length && withSign(line, index).center() > borders[column]) {
        column++;
      }
      cells.computeIfAbsent(column, key -> new ArrayList<>()).add(line.get(index));
    }
    return cells;
  }
}
