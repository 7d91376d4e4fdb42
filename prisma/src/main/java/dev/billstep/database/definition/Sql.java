package dev.billstep.database.definition;

/** Text as SQL has it. */
final class Sql {

  private Sql() {}

  /** A short string constant. */
  static String constant(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * A string constant of several lines, which stay readable.
   *
   * @param tag between the dollar signs; lengthened where the text has it
   */
  static String lines(String tag, String text) {
    var dollars = "$" + tag + "$";
    return text.contains(dollars) ? lines(tag + "_", text) : dollars + text + dollars;
  }
}
