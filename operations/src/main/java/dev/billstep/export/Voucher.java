package dev.billstep.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A bill as it is booked by who received it: what it is for and its taxes on one side, the seller on the
 * other. Both sides are equal to the paisa.
 *
 * @param id of the page's row
 * @param type {@code Purchase}, and {@code Debit Note} for a seller's credit note
 * @param number the seller's
 * @param party the seller
 * @param entries the party's is the first
 */
record Voucher(
  UUID id,
  String type,
  String number,
  LocalDate date,
  String party,
  Optional<String> gstin,
  String narration,
  List<Entry> entries
) {
  /** What bills round to, where they don't print what they have rounded: a rupee is the unit (CGST Act, section 170). */
  private static final BigDecimal ROUNDED = BigDecimal.ONE;

  /** @param debit what the ledger is debited; less than zero where it is credited */
  record Entry(String ledger, BigDecimal debit) {}

  /** A page that can't be booked as it is. */
  static final class NotBookable extends Exception {

    private static final long serialVersionUID = 1;

    NotBookable(String why) {
      super(why);
    }
  }

  /**
   * Books a bill.
   *
   * @throws NotBookable where something is missing for it, or its parts don't make its total
   */
  static Voucher of(ExportedDoc doc, TallyLedgers ledgers) throws NotBookable {
    var fields = doc.fields();
    var party = text(fields.at("/seller/name")).orElseThrow(() -> missing("the seller's name"));
    var number = text(fields.path("invoice_number")).orElseThrow(() -> missing("its number"));
    var date = text(fields.path("invoice_date")).orElseThrow(() -> missing("its date"));
    var total = amount(fields, "grand_total").orElseThrow(() -> missing("its grand total"));
    boolean isCredit = text(fields.path("document_title"))
      .filter(title -> title.toLowerCase(Locale.ROOT).contains("credit"))
      .isPresent();
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(party, total.negate()));
    entries.addAll(parts(fields, total, ledgers));
    return new Voucher(
      doc.id(),
      isCredit ? "Debit Note" : "Purchase",
      number,
      LocalDate.parse(date),
      party,
      text(fields.at("/seller/gstin")),
      "%s of %s, %s %s".formatted(
        number,
        date,
        doc.fileName().orElse("upload"),
        doc.pagesInWords()
      ),
      isCredit ? entries.stream().map(Voucher::turned).toList() : entries
    );
  }

  private static List<Entry> parts(JsonNode fields, BigDecimal total, TallyLedgers ledgers)
    throws NotBookable {
    var taxes = Stream.of(
      entry(ledgers.cgst(), fields, "cgst_total"),
      entry(ledgers.sgst(), fields, "sgst_total"),
      entry(ledgers.igst(), fields, "igst_total"),
      entry(ledgers.cess(), fields, "cess_total")
    )
      .flatMap(Optional::stream)
      .toList();
    var printed = amount(fields, "round_off").orElse(BigDecimal.ZERO);
    var taxed = taxes.stream().map(Entry::debit).reduce(BigDecimal.ZERO, BigDecimal::add);
    var before = amount(fields, "taxable_total").orElse(total.subtract(taxed).subtract(printed));
    var left = total.subtract(before).subtract(taxed);
    boolean isRounded = left.subtract(printed).signum() == 0 || left.abs().compareTo(ROUNDED) < 0;
    if (!isRounded) {
      throw new NotBookable(
        "its parts make %s, its total is %s".formatted(
          before.add(taxed).add(printed).toPlainString(),
          total.toPlainString()
        )
      );
    }
    var parts = new ArrayList<Entry>();
    parts.add(new Entry(ledgers.purchase(), before));
    parts.addAll(taxes);
    if (left.signum() != 0) {
      parts.add(new Entry(ledgers.roundOff(), left));
    }
    return parts;
  }

  private static Optional<Entry> entry(String ledger, JsonNode fields, String name) {
    return amount(fields, name)
      .filter(amount -> amount.signum() != 0)
      .map(amount -> new Entry(ledger, amount));
  }

  private static Entry turned(Entry entry) {
    return new Entry(entry.ledger(), entry.debit().negate());
  }

  private static Optional<BigDecimal> amount(JsonNode fields, String name) {
    var value = fields.path(name);
    return value.isNumber()
      ? Optional.of(value.decimalValue().setScale(2, RoundingMode.HALF_UP))
      : Optional.empty();
  }

  private static Optional<String> text(JsonNode value) {
    return Optional.of(value.asText(""))
      .map(String::strip)
      .filter(text -> !text.isEmpty());
  }

  private static NotBookable missing(String what) {
    return new NotBookable(what + " is missing");
  }
}
