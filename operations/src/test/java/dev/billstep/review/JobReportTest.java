package dev.billstep.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobReportTest {

  private static final JsonNode JOB = json("{\"id\": \"one\", \"file_name\": \"bill.pdf\"}");

  @Test
  void whatAPageSaysCanNotEndTheElementThatItStandsIn() {
    var html = html("</script><script>alert(1)</script>");
    assertThat(html).doesNotContain("<script>alert").contains("\\u003c/script>");
    assertThat(report(html).at("/view/docs/0/ocr_payload/text").asText()).startsWith("</script>");
  }

  @Test
  void aPagesImageIsInTheFileItself() {
    var asked = new AtomicInteger();
    var html = new JobReport(view("")).html(doc -> {
      asked.set(doc.path("page_number").asInt());
      return Optional.of(new byte[] { 1, 2, 3 });
    });
    assertThat(asked).hasValue(1);
    assertThat(report(html).path("images").path("file:///page-1.png").asText()).isEqualTo(
      "data:image/png;base64,AQID"
    );
    assertThat(html).doesNotContain("src=\"http");
  }

  @Test
  void aPageThatCouldNotBeDrawnHasNoImage() {
    assertThat(report(html("")).path("images")).isEmpty();
  }

  @Test
  void whatARevisionWasReadFromIsInTheFileToo() {
    var before = json("{\"id\": \"r\", \"storage_uri\": \"file:///before.png\"}");
    var view = new JobView(JOB, List.of(doc("")), List.of(), List.of(before), List.of());
    var html = new JobReport(view).html(row ->
      Optional.of(row.path("storage_uri").asText().getBytes(StandardCharsets.UTF_8))
    );
    assertThat(report(html).path("images"))
      .as("an image each, and not the same one")
      .hasSize(2)
      .doesNotHaveDuplicates();
  }

  private static String html(String text) {
    return new JobReport(view(text)).html(doc -> Optional.empty());
  }

  private static JobView view(String text) {
    return new JobView(JOB, List.of(doc(text)), List.of(), List.of(), List.of());
  }

  private static JsonNode doc(String text) {
    return json(
      "{\"page_number\": 1, \"storage_uri\": \"file:///page-1.png\", \"ocr_payload\": {\"text\": %s}}".formatted(
        Json.text(text)
      )
    );
  }

  /** What the page's own script finds. */
  private static JsonNode report(String html) {
    var begin = "<script type=\"application/json\" id=\"report\">";
    int from = html.indexOf(begin) + begin.length();
    return json(html.substring(from, html.indexOf("</script>", from)));
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
