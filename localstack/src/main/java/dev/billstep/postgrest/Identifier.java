package dev.billstep.postgrest;

import java.util.regex.Pattern;

/** The name of a table, column or function, as it may stand in SQL. */
final class Identifier {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private Identifier() {}

  static String quoted(String name) throws RestError {
    if (!NAME.matcher(name).matches()) {
      throw RestError.badRequest("\"%s\" is not a name".formatted(name));
    }
    return '"' + name + '"';
  }
}
