package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A job as an HTML page that needs no server: each page's image with a box around every value whose
 * place is known, beside the fields, their findings, and what it took to read them.
 *
 * @param job its {@code JobThread} row
 * @param docs its {@code Doc} rows, by page
 * @param calls its {@code ModelCall} rows
 * @param revisions by a row's id, how often it has said something else before
 */
public record JobReport(
  JsonNode job,
  List<JsonNode> docs,
  List<JsonNode> calls,
  Map<String, Long> revisions
) {
  private static final String PLACE = "@REPORT@";

  /**
   * Makes the page.
   *
   * @param fetch gives a page's image, a PNG, by its row's URI
   */
  public String html(Function<URI, byte[]> fetch) {
    var images = docs
      .stream()
      .map(doc -> URI.create(doc.path("storage_uri").asText()))
      .map(uri -> "data:image/png;base64," + Base64.getEncoder().encodeToString(fetch.apply(uri)))
      .toList();
    var report = Json.text(
      Map.of("job", job, "docs", docs, "calls", calls, "revisions", revisions, "images", images)
    );
    // What a page says can't end the element that it stands in.
    return template().replace(PLACE, report.replace("<", "\\u003c"));
  }

  private static String template() {
    try (
      var html = Objects.requireNonNull(JobReport.class.getResourceAsStream("report.html"), "html")
    ) {
      return new String(html.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
