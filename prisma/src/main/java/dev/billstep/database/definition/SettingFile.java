package dev.billstep.database.definition;

/**
 * What a setting says in a new database.
 *
 * @param path in {@code prisma/}
 * @param value an expression that gives it
 */
record SettingFile(String key, String path, String value) {
  static final String FOLDER = "settings";
  static final String JSON = ".json";
  static final String PROMPT = ".md";

  /** Where it is, in {@code prisma/}. */
  static String json(String key) {
    return folder(key) + JSON;
  }

  /** Where its versions are, in {@code prisma/}. */
  static String folder(String key) {
    return FOLDER + "/" + key;
  }

  static SettingFile ofJson(String key, String json) {
    return new SettingFile(key, json(key), Sql.constant(json));
  }

  /**
   * A prompt with its version, such as {@code classify-1} of {@code classify.prompt}: whatever was
   * read with another version is read anew.
   */
  static SettingFile ofPrompt(String key, int version, String text) {
    return new SettingFile(
      key,
      "%s/v%d%s".formatted(folder(key), version, PROMPT),
      "jsonb_build_object('version', %s, 'text', %s)".formatted(
        Sql.constant("%s-%d".formatted(key.replaceFirst("\\.prompt$", ""), version)),
        Sql.lines("prompt", text)
      )
    );
  }

  boolean is(DatabaseObject.Setting object) {
    return key.equals(object.key());
  }

  String insert() {
    return "INSERT INTO \"Settings\" (key, value) VALUES (%s, %s);\n".formatted(
      Sql.constant(key),
      value
    );
  }

  /** Changes it where it still says what it said: not where an operator has changed it. */
  String updateFrom(String earlier) {
    return "UPDATE \"Settings\" SET value = %s\n  WHERE key = %s AND value = %s;\n".formatted(
      value,
      Sql.constant(key),
      Sql.constant(earlier)
    );
  }

  static String delete(String key) {
    return "DELETE FROM \"Settings\" WHERE key = %s;\n".formatted(Sql.constant(key));
  }
}
