package dev.billstep.page;

/**
 * Why a page has no image, kept where its image would be: for whoever audits the page.
 *
 * @param page from 1
 * @param error the failure's name
 * @param sentence for the user
 * @param detail what the decoder had to say, for an operator; empty where it said nothing
 */
public record UndrawnRecord(int page, String error, String sentence, String detail) {
  /** Of a page that was split just now. */
  public static UndrawnRecord of(SplitPage.Undrawn page) {
    var why = page.why();
    return new UndrawnRecord(
      page.number(),
      why.getClass().getSimpleName(),
      String.valueOf(why.getMessage()),
      why.getCause() == null ? "" : why.getCause().toString()
    );
  }
}
