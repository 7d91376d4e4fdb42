package dev.billstep.offline;

import dev.billstep.reading.DocType;
import dev.billstep.reading.PageModel.Label;
import java.util.List;

/** Tells what a page is by the titles and labels on it, wherever they stand. */
final class PageClassifier {

  /** What an e-way bill has and a bill that mentions one has not. */
  private static final List<String> EWAY_BILL = List.of(
    "ewaybilldate",
    "generatedby",
    "validfrom",
    "validuntil",
    "validupto",
    "parta",
    "partb",
    "placeofdispatch",
    "placeofdelivery",
    "reasonfortransportation",
    "transactiontype",
    "cewbno",
    "approxdistance",
    "gstinofsupplier",
    "gstinofrecipient"
  );
  private static final List<String> EWAY_BILL_TITLE = List.of("ewaybill", "ewaybillslip");

  private static final List<String> BILL = List.of(
    "invoiceno",
    "invoicenumber",
    "invoicedate",
    "billno",
    "bill#",
    "billdate",
    "gstin",
    "hsn",
    "taxablevalue",
    "taxableamount",
    "totaltaxable",
    "grandtotal",
    "totalamount",
    "netamount",
    "amountpayable",
    "subtotal",
    "cgst",
    "igst",
    "vat",
    "placeofsupply",
    "reversecharge",
    "billto",
    "amountinwords"
  );
  private static final List<String> BILL_TITLE = List.of(
    "taxinvoice",
    "billofsupply",
    "cashmemo",
    "cashbill",
    "retailinvoice",
    "invoice",
    "receipt",
    "bill"
  );

  /** Papers that look like bills, with parties and goods, and are none. */
  private static final List<String> OTHER_TITLE = List.of(
    "packinglist",
    "packingslip",
    "deliverychallan",
    "lorryreceipt",
    "consignmentnote",
    "goodsreceipt",
    "purchaseorder",
    "quotation",
    "proformainvoice",
    "weighmentslip",
    "statementofaccount"
  );

  private static final int ENOUGH_FOR_EWAY_BILL = 4;
  private static final int ENOUGH_FOR_BILL = 4;
  private static final int TITLE_COUNTS = 3;

  /** A table with quantities and amounts: receipts have little else. */
  private static final int GOODS_COUNT = 2;

  private PageClassifier() {}

  static Label classify(Layout layout) {
    int ewayBill =
      count(layout, EWAY_BILL) + (hasTitle(layout, EWAY_BILL_TITLE) ? TITLE_COUNTS : 0);
    int bill =
      count(layout, BILL) +
      (hasTitle(layout, BILL_TITLE) ? TITLE_COUNTS : 0) +
      (BillReader.hasGoods(layout) ? GOODS_COUNT : 0);
    if (ewayBill >= ENOUGH_FOR_EWAY_BILL && ewayBill >= bill - TITLE_COUNTS) {
      return new Label(DocType.EWAY_BILL, confidence(ewayBill, ENOUGH_FOR_EWAY_BILL));
    }
    if (bill >= ENOUGH_FOR_BILL && !hasTitle(layout, OTHER_TITLE) && hasAmount(layout)) {
      return new Label(DocType.BILL, confidence(bill, ENOUGH_FOR_BILL));
    }
    return new Label(
      DocType.UNKNOWN,
      1 - confidence(Math.max(bill, ewayBill), ENOUGH_FOR_BILL) / 2
    );
  }

  private static int count(Layout layout, List<String> labels) {
    return (int) labels.stream().filter(layout::contains).count();
  }

  private static boolean hasTitle(Layout layout, List<String> titles) {
    var compact = titles.stream().map(Cell::compact).toList();
    return layout.cells().anyMatch(cell -> compact.contains(cell.compact()));
  }

  private static boolean hasAmount(Layout layout) {
    return layout.cells().anyMatch(cell -> cell.text().matches(".*\\d[.]\\d{2}\\b.*"));
  }

  /** Half where there is just enough, and nearer to certain with all that there is beyond. */
  private static double confidence(int evidence, int enough) {
    return 1 - Math.pow(0.5, 1 + Math.max(0, evidence - enough) / 2.0);
  }
}
