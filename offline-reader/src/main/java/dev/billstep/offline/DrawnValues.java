package dev.billstep.offline;

import dev.billstep.offline.PageText.SeenText;
import dev.billstep.offline.PageText.Source;
import dev.billstep.offline.answers.Draft;
import dev.billstep.page.PageImage;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what was read from a page's own text layer against what is drawn there: of the values that
 * tell the document from others and say what is to be paid, every word.
 */
record DrawnValues(PageText text, PageImage page, SeenText seen) {
  private static final List<String> TELLING = List.of(
    "/invoice_number",
    "/invoice_date",
    "/seller/gstin",
    "/buyer/gstin",
    "/grand_total",
    "/eway_bill_number",
    "/generated_at",
    "/valid_until",
    "/supplier/gstin",
    "/recipient/gstin",
    "/document_number",
    "/document_date",
    "/value_of_goods"
  );

  /** Of a word's height or width, how much of it must lie within a value to belong to it. */
  private static final double WITHIN = 0.5;

  /** Doubts what is drawn otherwise. */
  void doubt(Draft draft) {
    switch (seen.source()) {
      case OCR -> {
        // It is what is drawn.
      }
      case TEXT_LAYER -> doubtOtherNumbers(draft);
      case DISBELIEVED_TEXT_LAYER -> draft.doubt(
        "textlayer.not_drawn",
        "",
        "The file's own text is not what can be seen on the page."
      );
    }
  }

  private void doubtOtherNumbers(Draft draft) {
    var paths = paths(draft);
    for (var drawn : text.drawn(page, List.copyOf(paths.keySet()))) {
      if (drawn.isAnotherNumber()) {
        draft.doubt(
          "textlayer.not_drawn",
          paths.getOrDefault(drawn.word(), ""),
          "The page shows \"%s\", and the file's own text says \"%s\".".formatted(
            drawn.seen().text(),
            drawn.word().text()
          )
        );
      }
    }
  }

  /** The words that the values were read from. */
  private Map<Word, String> paths(Draft draft) {
    var paths = new LinkedHashMap<Word, String>();
    for (var path : TELLING) {
      Optional.ofNullable(draft.printed().get(path))
        .flatMap(PrintedValue::box)
        .ifPresent(box ->
          page
            .words()
            .stream()
            .filter(word -> isWithin(word, box))
            .forEach(word -> paths.putIfAbsent(word, path))
        );
    }
    return paths;
  }

  private static boolean isWithin(Word word, PrintedValue.Box box) {
    double width = shared(word.x(), word.width(), box.x(), box.width());
    double height = shared(word.y(), word.height(), box.y(), box.height());
    return (
      height >= WITHIN * word.height() && width >= WITHIN * Math.min(word.width(), box.width())
    );
  }

  private static double shared(double one, double length, double other, double otherLength) {
    return Math.min(one + length, other + otherLength) - Math.max(one, other);
  }
}
