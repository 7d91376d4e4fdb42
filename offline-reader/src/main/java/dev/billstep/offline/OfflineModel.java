package dev.billstep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModel.Answer;
import dev.billstep.reading.Usage;
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
  public Labels classify(List<PageImage> pages, Prompt prompt) {
    return new Labels(
      pages
        .stream()
        .map(page -> PageClassifier.classify(text.on(page).layout()))
        .toList(),
      Usage.NONE
    );
  }

  @Override
  public Answer read(PageImage page, DocTypeSchema schema) {
    var seen = text.on(page);
    var layout = seen.layout();
    JsonNode fields = switch (schema.docType()) {
      case BILL -> BillReader.read(layout, schema);
      case EWAY_BILL -> EwayBillReader.read(layout, schema);
      case UNKNOWN -> Json.mapper().createObjectNode().put("text", layout.text());
    };
    var asked = new BlankFields(schema).within(fields);
    return new Answer(asked, layout.text(), seen.onImage(), Usage.NONE);
  }

  /** Rules say the same however often they are asked. */
  @Override
  public Answer repair(PageImage page, DocTypeSchema schema, Answer first, List<String> problems) {
    return first;
  }
}
