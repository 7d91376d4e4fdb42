package dev.billstep.offline.classes;

import dev.billstep.doctype.DocType;
import dev.billstep.offline.tokens.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What pages are that follow each other: one that goes on is what the page before it is. */
public final class PageSequence {

  private static final Pattern NUMBERED = Pattern.compile(
    "(?:.*\\bpage\\s*(?:no\\.?)?\\s*:?\\s*)?(?<page>\\d{1,3})\\s*(?:/|of)\\s*(?<pages>\\d{1,3})",
    Pattern.CASE_INSENSITIVE
  );

  /** A page with nothing of its own is less certain than one that is titled. */
  private static final double CERTAINTY = 0.7;

  private PageSequence() {}

  /**
   * Tells what pages are.
   *
   * @param pages in their order; a page that is not among them is not known
   */
  public static List<PageClass> of(List<Sheet> pages) {
    var classes = new ArrayList<PageClass>();
    for (int index = 0; index < pages.size(); index++) {
      var alone = PageClass.of(pages.get(index));
      classes.add(
        index > 0 && goesOn(pages.get(index - 1), pages.get(index))
          ? inheriting(alone, classes.get(index - 1))
          : alone
      );
    }
    return classes;
  }

  /** Whether a page says that others stand before it. */
  public static boolean isLater(Sheet page) {
    return numbers(page).anyMatch(number -> number.page() > 1 && number.page() <= number.pages());
  }

  private static PageClass inheriting(PageClass alone, PageClass before) {
    boolean says = alone.isTitled() || alone.type() != DocType.UNKNOWN;
    return says || before.type() == DocType.UNKNOWN
      ? alone
      : new PageClass(before.type(), CERTAINTY, alone.evidenceOfBill(), false);
  }

  /** {@code Page 1 of 3} and {@code Page 2 of 3}. */
  private static boolean goesOn(Sheet before, Sheet page) {
    return numbers(page).anyMatch(
      number ->
        number.page() > 1 &&
        numbers(before).anyMatch(
          other -> other.pages() == number.pages() && other.page() == number.page() - 1
        )
    );
  }

  private static Stream<Numbered> numbers(Sheet sheet) {
    return sheet.phrases().flatMap(phrase -> Numbered.of(phrase.text()).stream());
  }

  /** A page's number among a document's pages. */
  private record Numbered(int page, int pages) {
    static Optional<Numbered> of(String text) {
      var found = NUMBERED.matcher(text.strip());
      return found.matches()
        ? Optional.of(
            new Numbered(
              Integer.parseInt(found.group("page")),
              Integer.parseInt(found.group("pages"))
            )
          )
        : Optional.empty();
    }
  }
}
