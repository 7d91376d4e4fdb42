package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A job as an HTML page that needs no server: each page's image with a box around every value whose
 * place is known, beside the fields, their findings, what it took to read them, and what was read
 * before, with its image where that was another one.
 */
public record JobReport(JobView view) {
  private static final String STYLE = "/*STYLE*/";
  private static final String SCRIPT = "/*SCRIPT*/";
  private static final String REPORT = "@REPORT@";

  /**
   * Makes the page.
   *
   * @param image gives the image, a PNG, that a {@code Doc} or {@code DocRevision} row was read from,
   *     where there is one
   */
  public String html(Function<JsonNode, Optional<byte[]>> image) {
    var images = new LinkedHashMap<String, String>();
    Stream.concat(view.docs().stream(), view.revisions().stream()).forEach(row -> {
      var uri = row.path("storage_uri").asText();
      if (!images.containsKey(uri)) {
        image.apply(row).ifPresent(png -> images.put(uri, inline(png)));
      }
    });
    var report = Json.text(Map.of("view", view, "images", images));
    // What a page says can't end the element that it stands in.
    return ReviewPage.text("report.html")
      .replace(STYLE, ReviewPage.text("review.css"))
      .replace(SCRIPT, ReviewPage.text("job-view.js"))
      .replace(REPORT, report.replace("<", "\\u003c"));
  }

  private static String inline(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
