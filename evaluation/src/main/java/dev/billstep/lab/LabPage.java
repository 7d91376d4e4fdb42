package dev.billstep.lab;

import static dev.billstep.evaluation.HtmlPage.escaped;

import dev.billstep.evaluation.HtmlPage;
import dev.billstep.evaluation.Miss;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A lab's result as an HTML page: the figures, then every value that any contender missed, beside its page. */
public final class LabPage {

  private final LabResult result;
  private final Function<URI, byte[]> fetch;

  private LabPage(LabResult result, Function<URI, byte[]> fetch) {
    this.result = result;
    this.fetch = fetch;
  }

  /**
   * Makes the page.
   *
   * @param fetch gives a page's image, a PNG
   */
  public static String of(LabResult result, Function<URI, byte[]> fetch) {
    return new LabPage(result, fetch).html();
  }

  private String html() {
    var pages = missed();
    return HtmlPage.of(
      "Models side by side",
      """
      <p>%d of %d documents were read by all, and are compared.</p>
      %s
      %s
      <h2>%d pages that not all have read right</h2>
      %s""".formatted(
        result.compared(),
        result.documents(),
        result.limitReached().map(LabPage::paragraph).orElse(""),
        figures(),
        pages.size(),
        pages
          .entrySet()
          .stream()
          .map(page -> section(page.getKey(), page.getValue()))
          .collect(Collectors.joining("\n"))
      )
    );
  }

  private static String paragraph(String sentence) {
    return "<p>%s</p>".formatted(escaped(sentence));
  }

  private String figures() {
    return """
    <table><tr><th>Model</th><th>Prompts</th><th class=n>Pages</th><th class=n>Type right</th><th class=n>Identifying, F1</th>
    <th class=n>Cells, F1</th><th class=n>Unflagged</th><th class=n>Right of these</th><th class=n>US$ a page</th><th class=n>Seconds a page</th></tr>
    %s</table>""".formatted(
      result.standings().stream().map(LabPage::figures).collect(Collectors.joining("\n"))
    );
  }

  private static String figures(Standing standing) {
    var its = standing.result();
    var row = String.format(
      Locale.ROOT,
      "<tr><td>%s</td><td>%s</td><td class=n>%d</td><td class=n>%.1f %%</td><td class=n>%.3f</td><td class=n>%.3f</td>" +
        "<td class=n>%.1f %%</td><td class=n>%.1f %%</td><td class=n>%s</td><td class=n>%.2f</td></tr>",
      escaped(standing.model()),
      escaped(standing.prompts()),
      standing.pages(),
      100 * its.accuracy(),
      its.identifying().f1(),
      its.rows().f1(),
      100 * its.trust().coverage(),
      100 * its.trust().share(),
      standing
        .usdAPage()
        .map(usd -> usd.toPlainString())
        .orElse("not known"),
      standing.secondsAPage()
    );
    return standing
      .outBecause()
      .map(why -> row + "<tr><td></td><td colspan=9 class=was>%s</td></tr>".formatted(escaped(why)))
      .orElse(row);
  }

  /** By page, then by field: what each contender gave that missed it. */
  private Map<String, Map<String, Field>> missed() {
    var pages = new TreeMap<String, Map<String, Field>>();
    for (int index = 0; index < result.standings().size(); index++) {
      for (var miss : result.standings().get(index).result().misses()) {
        pages
          .computeIfAbsent("%s, page %d".formatted(miss.document(), miss.page()), page ->
            new LinkedHashMap<>()
          )
          .computeIfAbsent(field(miss), path -> new Field(miss, new TreeMap<>()))
          .given()
          .put(index, miss.actual().isEmpty() ? "nothing" : miss.actual());
      }
    }
    return pages;
  }

  private static String field(Miss miss) {
    return miss.path() + "\n" + miss.expected();
  }

  private String section(String title, Map<String, Field> fields) {
    var headings = result
      .standings()
      .stream()
      .map(standing ->
        "<th>%s<br>%s</th>".formatted(escaped(standing.model()), escaped(standing.prompts()))
      )
      .collect(Collectors.joining());
    var rows = fields.values().stream().map(this::row).collect(Collectors.joining("\n"));
    var image = fields
      .values()
      .stream()
      .map(field -> field.miss().image())
      .filter(uri -> !uri.toString().isEmpty())
      .findFirst()
      .map(uri -> HtmlPage.image(uri, fetch))
      .orElse("");
    return """
    <section>%s<div><h3>%s</h3>
    <table><tr><th>Field</th><th>Printed</th>%s</tr>
    %s</table></div></section>""".formatted(image, escaped(title), headings, rows);
  }

  private String row(Field field) {
    var cells = new StringBuilder();
    for (int index = 0; index < result.standings().size(); index++) {
      cells.append(
        result.standings().get(index).pages() == 0
          ? "<td></td>"
          : field.given().containsKey(index)
            ? "<td class=was>%s</td>".formatted(escaped(field.given().get(index)))
            : "<td class=is>right</td>"
      );
    }
    return "<tr><td>%s</td><td>%s</td>%s</tr>".formatted(
      escaped(field.miss().path()),
      escaped(field.miss().expected()),
      cells
    );
  }

  /**
   * A value that was missed.
   *
   * @param given instead, by the contender's place
   */
  private record Field(Miss miss, Map<Integer, String> given) {}
}
