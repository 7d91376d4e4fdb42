package dev.billstep.offline;

import dev.billstep.offline.classes.PageClass;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.page.Word;
import dev.billstep.reading.PageModel.Label;
import dev.billstep.reading.WordRules;
import java.util.List;

/** The rules by which the offline reader classifies, for pages that another model reads. */
public final class OfflineRules implements WordRules {

  @Override
  public String modelId() {
    return "offline/rules";
  }

  @Override
  public Label label(List<Word> words) {
    var found = PageClass.of(Sheet.of(words));
    return new Label(found.type(), found.certainty());
  }
}
