package dev.billstep.evaluation;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An evaluation as an HTML page that needs no server: every miss beside the page's image. */
public final class EvaluationPage {

  private EvaluationPage() {}

  /**
   * Makes the page.
   *
   * @param fetch gives a page's image, a PNG
   */
  public static String of(EvaluationResult result, Function<URI, byte[]> fetch) {
    var pages = result
      .misses()
      .stream()
      .collect(
        Collectors.groupingBy(
          miss -> miss.document() + ", page " + miss.page(),
          LinkedHashMap::new,
          Collectors.toList()
        )
      );
    var body = """
    <p>%d documents, %d fully correct; classification %.1f %%.</p>
    %s
    %s
    <h2>%d pages with a miss</h2>
    %s
    """.formatted(
      result.documents(),
      result.entirelyRight(),
      100 * result.accuracy(),
      scores(result),
      confidence(result),
      pages.size(),
      pages
        .entrySet()
        .stream()
        .map(page -> section(page.getKey(), page.getValue(), fetch))
        .collect(Collectors.joining("\n"))
    );
    return HtmlPage.of("Evaluation", body);
  }

  private static String scores(EvaluationResult result) {
    var rows = result
      .fields()
      .entrySet()
      .stream()
      .map(EvaluationPage::row)
      .collect(Collectors.joining("\n"));
    return """
    <table><tr><th>Field</th><th class=n>Precision</th><th class=n>Recall</th><th class=n>F1</th><th class=n>Printed</th></tr>
    %s
    %s
    %s
    </table>""".formatted(
      row(Map.entry("identifying fields", result.identifying())),
      row(Map.entry("table cells", result.rows())),
      rows
    );
  }

  private static String confidence(EvaluationResult result) {
    var bins = result.reliability();
    return """
    <h2>Confidence</h2>
    <p>Off by %.3f on average. %s.</p>
    <section>%s<table><tr><th>From</th><th class=n>Pages</th><th class=n>Mean</th><th class=n>Pages all right</th></tr>
    %s</table></section>""".formatted(
      result.calibrationError(),
      HtmlPage.escaped(result.trust().text()),
      ReliabilityDiagram.of(bins),
      bins.stream().map(EvaluationPage::row).collect(Collectors.joining("\n"))
    );
  }

  private static String row(Reliability bin) {
    return "<tr><td>%.2f</td><td class=n>%d</td><td class=n>%.3f</td><td class=n>%.3f</td></tr>".formatted(
      bin.from(),
      bin.pages(),
      bin.mean(),
      bin.right()
    );
  }

  private static String row(Map.Entry<String, Score> field) {
    var score = field.getValue();
    return "<tr><td>%s</td><td class=n>%.3f</td><td class=n>%.3f</td><td class=n>%.3f</td><td class=n>%d</td></tr>".formatted(
      HtmlPage.escaped(field.getKey()),
      score.precision(),
      score.recall(),
      score.f1(),
      score.right() + score.missed()
    );
  }

  private static String section(String title, List<Miss> misses, Function<URI, byte[]> fetch) {
    var rows = misses
      .stream()
      .map(miss ->
        "<tr><td>%s</td><td class=is>%s</td><td class=was>%s</td><td>%s</td></tr>".formatted(
          HtmlPage.escaped(miss.path()),
          HtmlPage.escaped(miss.expected()),
          HtmlPage.escaped(miss.actual()),
          HtmlPage.escaped(miss.cause().sentence())
        )
      )
      .collect(Collectors.joining("\n"));
    return """
    <section>%s<div><h3>%s</h3>
    <table><tr><th>Field</th><th>Printed</th><th>Read</th><th>Why</th></tr>
    %s</table></div></section>""".formatted(
      HtmlPage.image(misses.getFirst().image(), fetch),
      HtmlPage.escaped(title),
      rows
    );
  }
}
