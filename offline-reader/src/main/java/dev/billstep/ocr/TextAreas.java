package dev.billstep.ocr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;

/** The connected areas of text on a map. */
final class TextAreas {

  private final TextMap map;
  private final List<Run> runs = new ArrayList<>();

  private TextAreas(TextMap map) {
    this.map = map;
  }

  /** Each area as the corners of its rows' runs, from the top. */
  static Collection<List<Coordinate>> of(TextMap map) {
    var areas = new TextAreas(map);
    areas.findRuns();
    var corners = new LinkedHashMap<Run, List<Coordinate>>();
    for (var run : areas.runs) {
      corners.computeIfAbsent(run.area(), area -> new ArrayList<>()).addAll(run.corners());
    }
    return corners.values();
  }

  private void findRuns() {
    List<Run> above = List.of();
    for (int y = 0; y < map.height(); y++) {
      var row = row(y);
      join(above, row);
      runs.addAll(row);
      above = row;
    }
  }

  private List<Run> row(int y) {
    var row = new ArrayList<Run>();
    int start = -1;
    for (int x = 0; x <= map.width(); x++) {
      boolean isText = x < map.width() && map.isText(x, y);
      if (isText && start < 0) {
        start = x;
      } else if (!isText && start >= 0) {
        row.add(new Run(y, start, x));
        start = -1;
      }
    }
    return row;
  }

  /** Runs that touch, if only at a corner, are of one area. */
  private static void join(List<Run> above, List<Run> below) {
    int next = 0;
    for (var run : below) {
      while (next < above.size() && above.get(next).end < run.start) {
        next++;
      }
      for (int i = next; i < above.size() && above.get(i).start <= run.end; i++) {
        run.join(above.get(i));
      }
    }
  }

  /** Pixels of text side by side: from {@code start} up to {@code end}, which is none any more. */
  private static final class Run {

    private final int y;
    private final int start;
    private final int end;

    /** One of the same area that leads to the one which stands for it; that one leads to itself. */
    private Run leader = this;

    Run(int y, int start, int end) {
      this.y = y;
      this.start = start;
      this.end = end;
    }

    Run area() {
      while (leader.leader != leader) {
        leader = leader.leader;
      }
      return leader;
    }

    void join(Run other) {
      area().leader = other.area();
    }

    List<Coordinate> corners() {
      return List.of(
        new Coordinate(start, y),
        new Coordinate(end, y),
        new Coordinate(start, y + 1.0),
        new Coordinate(end, y + 1.0)
      );
    }
  }
}
