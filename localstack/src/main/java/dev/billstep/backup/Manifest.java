package dev.billstep.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in a backup.
 *
 * @param format of the file; another one is another kind of file
 * @param migrations that the database had
 * @param pages the URI of the folder with the pages: rows refer to files by it
 * @param entries what each other entry's SHA-256 is, as hex
 */
record Manifest(
  int format,
  Instant madeAt,
  Set<String> migrations,
  String pages,
  List<Table> tables,
  Map<String, String> entries
) {
  static final int FORMAT = 1;
  static final String NAME = "manifest.json";

  /**
   * A table, in an entry of its own as {@code COPY} writes it.
   *
   * @param columns in the order of that entry
   */
  record Table(String name, List<String> columns, long rows) {
    String entry() {
      return "database/" + name + ".copy";
    }

    String quotedColumns() {
      return "\"" + String.join("\", \"", columns) + "\"";
    }
  }
}
