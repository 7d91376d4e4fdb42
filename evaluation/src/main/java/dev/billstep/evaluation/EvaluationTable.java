package dev.billstep.evaluation;

import java.util.Map;
import java.util.stream.Collectors;

/** A result as lines of text. */
record EvaluationTable(EvaluationResult result) {
  String text() {
    return """
    Documents %d, fully correct %d
    Classification %.1f %%, by type and what it was taken for:
    %s

    %-32s %9s %7s %6s %6s
    %s
    %s
    %s
    %s

    %-32s %6s %6s %6s %6s %10s %12s
    %s

    %-60s %6s
    %s

    %-32s %6s %16s
    %s

    %s
    Confidence is off by %.3f on average.

    %s
    """.formatted(
      result.documents(),
      result.entirelyRight(),
      100 * result.accuracy(),
      types(),
      "FIELD",
      "PRECISION",
      "RECALL",
      "F1",
      "SEEN",
      fields(),
      line("identifying fields", result.identifying()),
      line("table cells", result.rows()),
      line("all fields", result.all()),
      "FAMILY",
      "PAGES",
      "CLASS",
      "IDENT",
      "CELLS",
      "UNFLAGGED",
      "THEIRS RIGHT",
      families(),
      "MISSED BECAUSE",
      "VALUES",
      causes(),
      "FLAG",
      "PAGES",
      "RIGHT ALL THE SAME",
      flags(),
      ReliabilityTable.of(result.reliability()),
      result.calibrationError(),
      result.trust().text()
    );
  }

  private String types() {
    return result
      .confusion()
      .entrySet()
      .stream()
      .map(type -> "  %-12s %s".formatted(type.getKey(), type.getValue()))
      .collect(Collectors.joining("\n"));
  }

  private String fields() {
    return result
      .fields()
      .entrySet()
      .stream()
      .map(field -> line(field.getKey(), field.getValue()))
      .collect(Collectors.joining("\n"));
  }

  private String families() {
    return result
      .families()
      .entrySet()
      .stream()
      .map(EvaluationTable::family)
      .collect(Collectors.joining("\n"));
  }

  private static String family(Map.Entry<String, EvaluationResult> family) {
    var its = family.getValue();
    var trust = its.trust();
    return "%-32s %6d %6.3f %6.3f %6.3f %5d / %2d %6d / %3d".formatted(
      family.getKey(),
      its.pages().size(),
      its.accuracy(),
      its.identifying().f1(),
      its.rows().f1(),
      trust.unflagged(),
      trust.pages(),
      trust.right(),
      trust.right() + trust.wrong()
    );
  }

  private String causes() {
    return result
      .causes()
      .entrySet()
      .stream()
      .map(cause -> "%-60s %6d".formatted(cause.getKey().sentence(), cause.getValue()))
      .collect(Collectors.joining("\n"));
  }

  private String flags() {
    return result
      .flags()
      .entrySet()
      .stream()
      .map(flag ->
        "%-32s %6d %16d".formatted(flag.getKey(), flag.getValue().pages(), flag.getValue().right())
      )
      .collect(Collectors.joining("\n"));
  }

  private static String line(String name, Score score) {
    return "%-32s %9.3f %7.3f %6.3f %6d".formatted(
      name,
      score.precision(),
      score.recall(),
      score.f1(),
      score.right() + score.missed()
    );
  }
}
