package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job as an HTML page that needs no server: each page's image with a box around every value whose
 * place is known, beside the fields, their findings, and what it took to read them.
 */
public record JobReport(JobView view) {
  private static final String STYLE = "/*STYLE*/";
  private static final String SCRIPT = "/*SCRIPT*/";
  private static final String REPORT = "@REPORT@";

  /**
   * Makes the page.
   *
   * @param image gives a page's image, a PNG, by its {@code Doc} row, where there is one
   */
  public String html(Function<JsonNode, Optional<byte[]>> image) {
    var images = view
      .docs()
      .stream()
      .map(image)
      .map(it -> it.map(JobReport::inline).orElse(""))
      .toList();
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
