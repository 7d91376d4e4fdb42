package dev.billstep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.reading.PageModel;
import dev.billstep.settings.DocTypeSchema;
import dev.billstep.settings.Prompt;
import java.util.List;

/** Reads by rules what the page's text layer or PP-OCR gives. It follows no prompt. */
final class OfflineModel implements PageModel {

  private final PageText text;

  OfflineModel(PageText text) {
    this.text = text;
  }

  @Override
  public List<Label> classify(List<PageImage> pages, Prompt prompt) {
    return pages.stream().map(text::layout).map(PageClassifier::classify).toList();
  }

  @Override
  public Answer read(PageImage page, DocTypeSchema schema) {
    var layout = text.layout(page);
    JsonNode fields = switch (schema.docType()) {
      case BILL -> BillReader.read(layout, schema);
      case EWAY_BILL -> EwayBillReader.read(layout, schema);
      case UNKNOWN -> Json.mapper().createObjectNode().put("text", layout.text());
    };
    return new Answer(fields, layout.text());
  }
}
