package dev.billstep.offline.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text without what a label may differ in: case, blanks, punctuation, and characters that OCR takes
 * for each other.
 *
 * @param text the characters that count
 * @param places where each of them stands in the text that was given
 */
public record Compact(String text, List<Integer> places) {
  /** Of any text. */
  public static Compact of(String given) {
    var text = new StringBuilder();
    var places = new ArrayList<Integer>();
    var lower = given.toLowerCase(Locale.ROOT);
    if (lower.length() != given.length()) {
      lower = given; // A few letters of other scripts grow when they are made small.
    }
    for (int index = 0; index < given.length(); index++) {
      char character = lower.charAt(index);
      if (counts(character)) {
        places.add(index);
        text.append(same(character));
      }
    }
    return new Compact(text.toString(), List.copyOf(places));
  }

  public static String text(String given) {
    return of(given).text;
  }

  /** Characters that are other, missing or too many between two texts. */
  public static int distance(String text, String other) {
    if (text.equals(other)) {
      return 0;
    }
    int[] above = new int[other.length() + 1];
    for (int column = 0; column <= other.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= text.length(); row++) {
      int[] current = new int[other.length() + 1];
      current[0] = row;
      for (int column = 1; column <= other.length(); column++) {
        int differs = text.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        current[column] = Math.min(
          above[column - 1] + differs,
          Math.min(above[column], current[column - 1]) + 1
        );
      }
      above = current;
    }
    return above[other.length()];
  }

  /** Where a character of it stands in the text that was given. */
  public int at(int index) {
    return places.get(index);
  }

  private static boolean counts(char character) {
    return Character.isLetterOrDigit(character) || character == '#' || character == '%';
  }

  private static char same(char character) {
    return switch (character) {
      case 'l', '1' -> 'i';
      case '0' -> 'o';
      case '5' -> 's';
      case '8' -> 'b';
      default -> character;
    };
  }
}
