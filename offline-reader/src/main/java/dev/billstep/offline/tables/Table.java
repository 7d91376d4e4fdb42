package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Box;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table.
 *
 * @param rows what is listed
 * @param totals rows with sums of the columns
 * @param firstLine of the page's lines: the heading's first
 * @param lastLine of the page's lines: the last row's last
 * @param isHeaded whether it has a heading that is known
 */
public record Table(
  List<Column> columns,
  List<Row> rows,
  List<Row> totals,
  int firstLine,
  int lastLine,
  Box heading,
  boolean isHeaded
) {
  Table withoutHeading() {
    return new Table(columns, rows, totals, firstLine, lastLine, heading, false);
  }

  public Set<String> keys() {
    return columns.stream().map(Column::key).collect(Collectors.toSet());
  }

  public boolean has(String key) {
    return columns.stream().anyMatch(column -> column.key().equals(key));
  }
}
