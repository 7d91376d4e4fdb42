package dev.billstep.offline;

import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.offline.answers.Draft;
import dev.billstep.offline.bills.BillReader;
import dev.billstep.offline.classes.PageClass;
import dev.billstep.offline.classes.PageSequence;
import dev.billstep.offline.eway.EwayBillReader;
import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.page.PageImage;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.Usage;
import java.util.List;

/** Reads by rules what the page's text layer or OCR gives. It follows no prompt. */
final class OfflineModel implements PageModel {

  /** Evidence of a bill from which on a page of another kind is looked at again. */
  private static final double SOME_EVIDENCE = 2;

  /** Amounts with paise from which on a page may be a bill. */
  private static final int SOME_AMOUNTS = 3;

  private final PageText text;

  OfflineModel(PageText text) {
    this.text = text;
  }

  @Override
  public boolean readsWords() {
    return true;
  }

  @Override
  public Labels classify(List<PageImage> pages, Prompt prompt) {
    var sheets = pages
      .stream()
      .map(page -> text.on(page).sheet())
      .toList();
    return new Labels(
      PageSequence.of(sheets)
        .stream()
        .map(found -> new Label(found.type(), found.certainty()))
        .toList(),
      Usage.NONE
    );
  }

  @Override
  public Answer read(PageImage page, DocTypeSchema schema) {
    var seen = text.on(page);
    var sheet = seen.sheet();
    var blank = new BlankFields(schema);
    var draft = switch (schema.docType()) {
      case BILL -> BillReader.read(sheet, blank.document(), () -> blank.item("line_items"));
      case EWAY_BILL -> EwayBillReader.read(sheet, blank.document(), blank::item);
      case UNKNOWN -> unknown(sheet);
    };
    new DrawnValues(text, page, seen).doubt(draft);
    return new Answer(
      blank.within(draft.fields()),
      sheet.text(),
      seen.onImage(),
      List.of(),
      draft.printed(),
      draft.doubts(),
      Usage.NONE
    );
  }

  private static Draft unknown(Sheet sheet) {
    var draft = new Draft(Json.mapper().createObjectNode().put("text", sheet.text()));
    var found = PageClass.of(sheet);
    if (!found.isTitled() && (found.evidenceOfBill() >= SOME_EVIDENCE || hasFigures(sheet))) {
      draft.doubt("class.ambiguous", "", "It has something of a bill.");
    }
    if (!found.isTitled() && PageSequence.isLater(sheet)) {
      draft.doubt("page.continuation", "", "It goes on with the page before.");
    }
    return draft;
  }

  /** A bill in words that nobody knows has a GSTIN, or amounts, all the same. */
  private static boolean hasFigures(Sheet sheet) {
    return (
      !Candidate.on(sheet, Gstins::in).isEmpty() ||
      Candidate.on(sheet, Amounts::in)
        .stream()
        .filter(amount -> amount.value().scale() == 2)
        .count() >= SOME_AMOUNTS
    );
  }

  /** Rules say the same however often they are asked. */
  @Override
  public Answer repair(PageImage page, DocTypeSchema schema, Answer first, List<String> problems) {
    return first;
  }
}
