package dev.billstep.database.definition;

/**
 * A file of statements that can be run again.
 *
 * @param path in {@code prisma/}
 */
record SqlFile(String path, String sql) {
  static final String FUNCTIONS = "functions";

  private static final String ENDING = ".sql";

  /** The file that a function is in. */
  static String ofFunction(String name) {
    return FUNCTIONS + "/" + name + ENDING;
  }

  /** The name without folder and ending: of the function that it should hold. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1, path.length() - ENDING.length());
  }
}
