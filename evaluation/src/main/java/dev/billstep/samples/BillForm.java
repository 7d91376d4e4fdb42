package dev.billstep.samples;

import java.util.List;
import java.util.Map;

/** A bill as one program or marketplace prints it: a family of documents that look alike. */
interface BillForm {
  /** Programs that most of India's traders have. */
  List<BillForm> OF_PROGRAMS = List.of(
    new TallyForm(),
    new MargForm(),
    new ZohoForm(),
    new VyaparForm(),
    new SpreadsheetForm(),
    new EInvoicePortalForm()
  );

  /** Marketplaces print for those who sell there: to people, so that no buyer has a GSTIN. */
  List<BillForm> OF_MARKETPLACES = List.of(new OrderSlipForm(), new CartForm(), new ResellerForm());

  String family();

  void print(Printed on, Sheet sheet, Bill bill, Trade trade);

  Map<String, Object> expected(Bill bill);

  /** What all programs print, with the lines' cells that one prints. */
  static Map<String, Object> fields(Bill bill, String... cells) {
    var fields = bill.expected();
    fields.remove("document_title");
    fields.put("line_items", Printed.rows(bill, cells));
    return fields;
  }

  /** What all marketplaces print: no buyer of theirs has a GSTIN, and totals are not rounded. */
  static Map<String, Object> fieldsOfMarketplace(Bill bill, String... cells) {
    var fields = fields(bill, cells);
    fields.put("grand_total", bill.exactTotal());
    fields
      .keySet()
      .removeAll(List.of("buyer", "cgst_total", "sgst_total", "igst_total", "taxable_total"));
    return fields;
  }
}
