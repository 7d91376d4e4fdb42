package dev.billstep.evaluation;

import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An evaluation as an HTML page that needs no server: every miss beside the page's image. */
public final class EvaluationPage {

  private static final String STYLE = """
  body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
    color: #1c2733; background: #fff }
  table { border-collapse: collapse; margin: 1rem 0 }
  th, td { border-bottom: 1px solid #d5dde5; padding: .25rem .75rem; text-align: left }
  th.n, td.n { text-align: right; font-variant-numeric: tabular-nums }
  section { display: flex; gap: 1.5rem; align-items: flex-start; border-top: 2px solid #d5dde5;
    padding: 1rem 0; flex-wrap: wrap }
  img { width: 26rem; max-width: 100%; border: 1px solid #d5dde5 }
  .was { color: #a40000 } .is { color: #0a6b2d }
  @media (prefers-color-scheme: dark) { body { color: #dfe6ec; background: #14191e }
    .was { color: #ff9c9c } .is { color: #8fe0a8 } }
  """;

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
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Evaluation</title>
    <meta name="viewport" content="width=device-width"><style>%s</style></head><body>
    <h1>Evaluation</h1>
    <p>%d documents, %d fully correct; classification %.1f %%.</p>
    %s
    %s
    <h2>%d pages with a miss</h2>
    %s
    </body></html>
    """.formatted(
      STYLE,
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
      escaped(result.trust().text()),
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
      escaped(field.getKey()),
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
          escaped(miss.path()),
          escaped(miss.expected()),
          escaped(miss.actual()),
          escaped(miss.cause().sentence())
        )
      )
      .collect(Collectors.joining("\n"));
    return """
    <section>%s<div><h3>%s</h3>
    <table><tr><th>Field</th><th>Printed</th><th>Read</th><th>Why</th></tr>
    %s</table></div></section>""".formatted(
      image(misses.getFirst().image(), fetch),
      escaped(title),
      rows
    );
  }

  private static String image(URI uri, Function<URI, byte[]> fetch) {
    return uri.toString().endsWith(".png")
      ? "<img alt=\"the page\" loading=lazy src=\"data:image/png;base64,%s\">".formatted(
          Base64.getEncoder().encodeToString(fetch.apply(uri))
        )
      : "";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
