package dev.billstep.offline.classes;

import dev.billstep.doctype.DocType;
import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tables.Headings;
import dev.billstep.offline.tables.Table;
import dev.billstep.offline.tables.Tables;
import dev.billstep.offline.tokens.Sheet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a page is.
 *
 * @param certainty from 0 to 1
 * @param evidenceOfBill how much of it a bill has as well
 * @param isTitled whether the page says itself what it is
 */
public record PageClass(DocType type, double certainty, double evidenceOfBill, boolean isTitled) {
  private static final Headings GOODS = Headings.load("columns.tsv");

  /** Labels that e-way bills have and bills that mention one have not. */
  private static final Set<String> EWAY_BILL = Set.of(
    "ewb_generated",
    "ewb_generated_by",
    "ewb_valid_from",
    "ewb_valid_until",
    "ewb_distance",
    "ewb_supplier",
    "ewb_recipient",
    "ewb_dispatch",
    "ewb_document",
    "ewb_transaction",
    "ewb_reason",
    "ewb_transporter",
    "ewb_transport_document",
    "ewb_cewb",
    "ewb_part",
    "ewb_entered"
  );
  private static final Set<String> BILL = Set.of(
    "number",
    "date",
    "gstin",
    "seller_gstin",
    "buyer_gstin",
    "buyer",
    "seller",
    "taxable_total",
    "cgst_total",
    "sgst_total",
    "igst_total",
    "tax_total",
    "grand_total",
    "round_off",
    "amount_words",
    "place_of_supply",
    "reverse_charge",
    "irn",
    "page_hsn",
    "paid",
    "fuel"
  );

  private static final Pattern NO_BILL = Pattern.compile(
    "\\b(?:not an?|no) (?:actual |valid |tax |gst )*(?:invoice|bill)\\b",
    Pattern.CASE_INSENSITIVE
  );

  private static final int ENOUGH_FOR_EWAY_BILL = 4;
  private static final int PLAIN_EWAY_BILL = 7;
  private static final int ENOUGH_FOR_BILL = 4;
  private static final int TITLE = 3;
  private static final int GOODS_COUNT = 2;

  /** Different GSTINs from which on a page lists other documents. */
  private static final int REGISTER = 4;

  private static final int LORRY_RECEIPT = 3;
  private static final int PAYSLIP = 4;

  /** Characters below which there is nothing to tell a page by. */
  private static final int BLANK = 12;

  /** Tells what a page is by itself. */
  public static PageClass of(Sheet sheet) {
    var labels = Labels.on(sheet);
    var title = new Titles(sheet).best();
    var tables = new Tables(sheet, labels, GOODS).all();
    long ewayBill = keys(labels, EWAY_BILL);
    boolean saysEway = title.filter(found -> found.type().equals("eway_bill")).isPresent();
    boolean saysBill = title.filter(found -> found.type().equals("bill")).isPresent();
    boolean saysOther = title.filter(found -> found.type().equals("other")).isPresent();
    double bill =
      keys(labels, BILL) +
      (saysBill ? TITLE * title.orElseThrow().certainty() : 0) +
      (hasGoods(tables) ? GOODS_COUNT : 0);
    if (
      (ewayBill >= ENOUGH_FOR_EWAY_BILL && (saysEway || !saysBill)) || ewayBill >= PLAIN_EWAY_BILL
    ) {
      return new PageClass(
        DocType.EWAY_BILL,
        certainty((double) ewayBill + (saysEway ? TITLE : 0), ENOUGH_FOR_EWAY_BILL),
        bill,
        saysEway
      );
    }
    if (isOnlyVehicles(sheet, labels)) {
      return new PageClass(DocType.EWAY_BILL, 0.7, bill, false);
    }
    if (!saysBill && deniesBill(sheet, labels)) {
      return new PageClass(DocType.UNKNOWN, 0.7, bill, false);
    }
    if (saysOther || isRegister(sheet, labels) || (!saysBill && hasLabelsOfOthers(labels))) {
      boolean isTitled = saysOther && title.orElseThrow().isProminent(sheet);
      return new PageClass(DocType.UNKNOWN, saysOther ? 0.9 : 0.8, bill, isTitled);
    }
    if (isOnlyReference(sheet, labels)) {
      return new PageClass(DocType.BILL, 0.7, bill, false);
    }
    boolean hasAmounts = sheet.phrases().anyMatch(phrase -> !Amounts.in(phrase.text()).isEmpty());
    boolean isWeaklyTitled = saysBill && title.orElseThrow().certainty() < 1 && !hasGoods(tables);
    if (bill >= ENOUGH_FOR_BILL && hasAmounts && !isWeaklyTitled) {
      return new PageClass(DocType.BILL, certainty(bill, ENOUGH_FOR_BILL), bill, saysBill);
    }
    return new PageClass(DocType.UNKNOWN, 1 - Math.min(0.6, bill / 8), bill, false);
  }

  private static long keys(Labels labels, Set<String> wanted) {
    return labels
      .all()
      .filter(hit -> hit.weight() >= 0.6)
      .map(LabelHit::key)
      .filter(wanted::contains)
      .distinct()
      .count();
  }

  private static boolean hasGoods(List<Table> tables) {
    return tables
      .stream()
      .anyMatch(
        table ->
          table.has("description") &&
          (table.has("total") || table.has("taxable_value") || table.has("unit_price"))
      );
  }

  /** An order's summary that says itself that it is no invoice, and has no invoice's number. */
  private static boolean deniesBill(Sheet sheet, Labels labels) {
    return (
      labels.of("number").noneMatch(hit -> hit.weight() >= 0.6) &&
      sheet.phrases().anyMatch(phrase -> NO_BILL.matcher(phrase.text()).find())
    );
  }

  private static boolean isRegister(Sheet sheet, Labels labels) {
    long numbers = Candidate.on(sheet, Gstins::in)
      .stream()
      .map(candidate -> candidate.value().number())
      .distinct()
      .count();
    return numbers >= REGISTER && labels.of("amount_words").findAny().isEmpty();
  }

  private static boolean hasLabelsOfOthers(Labels labels) {
    return hasSeveral("lorry", LORRY_RECEIPT, labels) || hasSeveral("payroll", PAYSLIP, labels);
  }

  private static boolean hasSeveral(String key, int enough, Labels labels) {
    return (
      labels
        .of(key)
        .map(hit -> hit.phrase().text())
        .distinct()
        .count() >= enough
    );
  }

  /** The last page of a bill may have nothing but the IRN that its first page has no room for. */
  private static boolean isOnlyReference(Sheet sheet, Labels labels) {
    return (
      labels.of("irn").findAny().isPresent() &&
      !Candidate.on(sheet, Identifiers::irns).isEmpty() &&
      keys(labels, BILL) <= 3
    );
  }

  /** The last page of an e-way bill may have nothing but vehicles. */
  private static boolean isOnlyVehicles(Sheet sheet, Labels labels) {
    boolean hasText = sheet.text().chars().filter(Character::isLetterOrDigit).count() > BLANK;
    boolean hasVehicle = !Candidate.on(sheet, Identifiers::vehicles).isEmpty();
    boolean isShort = sheet.lines().size() <= 8;
    boolean isRow = sheet
      .phrases()
      .anyMatch(phrase -> phrase.text().matches("(?i)(?:road|rail|air|ship)\\b.*"));
    return (
      hasText &&
      hasVehicle &&
      isShort &&
      (isRow || keys(labels, Set.of("ewb_entered", "ewb_cewb")) > 0)
    );
  }

  /** Half where there is just enough, and nearer to certain with all that there is beyond. */
  private static double certainty(double evidence, int enough) {
    return 1 - Math.pow(0.5, 1 + Math.max(0, evidence - enough) / 2.0);
  }
}
