package dev.billstep.export;

/**
 * What the ledgers are called that a bill is booked to, in the company's own books.
 *
 * @param purchase for what is bought, before taxes
 */
public record TallyLedgers(
  String purchase,
  String cgst,
  String sgst,
  String igst,
  String cess,
  String roundOff
) {
  /** As TallyPrime's own guide to purchases under GST calls them. */
  public static final TallyLedgers USUAL = new TallyLedgers(
    "Purchase",
    "CGST",
    "SGST",
    "IGST",
    "Cess",
    "Round Off"
  );
}
