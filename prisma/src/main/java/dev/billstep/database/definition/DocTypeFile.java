package dev.billstep.database.definition;

/**
 * A version of what is read from a doc type, as its files say it.
 *
 * @param schema JSON Schema 2020-12
 * @param promptVersion of the version that the prompt was written for
 */
record DocTypeFile(String docType, int version, String schema, String prompt, int promptVersion) {
  static final String FOLDER = "doctypes";
  static final String SCHEMA = ".schema.json";
  static final String PROMPT = ".prompt.md";

  /** In {@code prisma/}. */
  static String path(String docType, int version) {
    return "%s/%s/v%d%s".formatted(FOLDER, docType, version, SCHEMA);
  }

  boolean is(DatabaseObject.DocTypeVersion object) {
    return docType.equals(object.docType()) && version == object.version();
  }

  boolean is(DatabaseObject.ActiveVersion object) {
    return docType.equals(object.docType()) && version == object.version();
  }

  /** Adds it; no job reads by it before {@link #activate}. */
  String insert() {
    return """
    INSERT INTO "DocTypeSchema" (doc_type, version, prompt_version, prompt, schema) VALUES
      (%s, %d, %s, %s,
    %s);
    """.formatted(
      Sql.constant(docType),
      version,
      Sql.constant("%s-%d".formatted(docType.replace('_', '-'), promptVersion)),
      Sql.lines("prompt", prompt),
      Sql.lines("schema", schema)
    );
  }

  /** Has new jobs read by it. */
  String activate() {
    return "SELECT activate_schema(%s, %d);\n".formatted(Sql.constant(docType), version);
  }

  /** Has new jobs read by it, where they still read by another: not where an operator has chosen. */
  String activateAfter(int earlier) {
    return """
    SELECT activate_schema(doc_type, %d) FROM "DocTypeSchema"
      WHERE doc_type = %s AND version = %d AND active;
    """.formatted(version, Sql.constant(docType), earlier);
  }
}
