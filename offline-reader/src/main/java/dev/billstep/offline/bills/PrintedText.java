package dev.billstep.offline.bills;

/** Names and descriptions as they are printed, where OCR has lost blanks between their words. */
public final class PrintedText {

  private PrintedText() {}

  /** With a blank before a capital behind a small letter, around {@code &}, and behind commas. */
  public static String spaced(String text) {
    return text
      .replaceAll("l(?=nd(?:ia|us))", "I") // India and industries are in many names.
      .replaceAll("(?<=[a-z])I(?!nd(?:ia|us))(?=[a-z\\s]|[A-Z][a-z]|$)", "l") // In a word.
      .replaceAll("(?<=[a-z]{2})(?=[A-Z])", " ")
      .replaceAll("(?<=\\p{L})\\s*&\\s*(?=\\p{L})", " & ")
      .replaceAll(",(?=[^\\s\\d])", ", ")
      .strip();
  }
}
