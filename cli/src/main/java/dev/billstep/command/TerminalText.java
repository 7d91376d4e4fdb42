package dev.billstep.command;

import java.util.function.IntPredicate;

/**
 * Text from outside as a terminal may show it. What would steer the terminal, or let text pass for
 * other text by turning its direction, is written out: {@code \}{@code u001b}, as JSON does too.
 */
final class TerminalText {

  private TerminalText() {}

  /** Lines stay lines. */
  static String of(String text) {
    return escaped(text, character -> character != '\n' && isUnsafe(character));
  }

  /** All in one line. */
  static String ofLine(String text) {
    return escaped(text, TerminalText::isUnsafe);
  }

  private static String escaped(String text, IntPredicate isUnsafe) {
    if (text.chars().noneMatch(isUnsafe)) {
      return text;
    }
    var safe = new StringBuilder(text.length());
    text.chars().forEach(character -> {
      if (isUnsafe.test(character)) {
        safe.append("\\u%04x".formatted(character));
      } else {
        safe.append((char) character);
      }
    });
    return safe.toString();
  }

  /** Joiners, which Indian scripts need, are format characters too and stay. */
  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> isDirection(character);
    };
  }

  /** Explicit directions (Unicode Standard Annex 9, "Directional Formatting Characters"). */
  private static boolean isDirection(int character) {
    return (
      character == 0x061C ||
      character == 0x200E ||
      character == 0x200F ||
      (character >= 0x202A && character <= 0x202E) ||
      (character >= 0x2066 && character <= 0x2069)
    );
  }
}
