package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold on a bill whoever reads it (CGST Rules 2017, rule 46). */
final class BillChecks {

  /** In rupees: what rounding may make of a sum. */
  private static final BigDecimal TOLERANCE = BigDecimal.ONE;

  private static final Pattern HSN_OR_SAC = Pattern.compile("\\d{2}|\\d{4}|\\d{6}|\\d{8}");
  private static final Set<BigDecimal> RATES = Set.copyOf(
    Stream.of("0", "0.1", "0.25", "1.5", "3", "5", "6", "7.5", "12", "18", "28", "40")
      .map(rate -> new BigDecimal(rate).stripTrailingZeros())
      .toList()
  );

  private final Fields fields;
  private final Findings findings;

  BillChecks(Fields fields, Findings findings) {
    this.fields = fields;
    this.findings = findings;
  }

  void run() {
    findings.missing("/invoice_number", "/invoice_date", "/grand_total");
    findings.gstin("/seller/gstin");
    findings.gstin("/buyer/gstin");
    findings.notInTheFuture("/invoice_date");
    partiesAreTwo();
    taxFitsTheStates();
    sumIsTheGrandTotal();
    linesAddUp();
    linesAreWellFormed();
  }

  /** Who charges tax has a GSTIN (rule 46), and sells to somebody else. */
  private void partiesAreTwo() {
    if (
      Stream.of("/cgst_total", "/igst_total").anyMatch(
        path -> fields.amountOrZero(path).signum() != 0
      )
    ) {
      findings.missing("/seller/gstin");
    }
    var seller = fields.text("/seller/gstin");
    if (seller.isPresent() && seller.equals(fields.text("/buyer/gstin"))) {
      findings.error("party.same", "/buyer/gstin", "It is the seller's.");
    }
  }

  /** CGST and SGST within a state, equal to each other; IGST between states. */
  private void taxFitsTheStates() {
    var cgst = fields.amountOrZero("/cgst_total");
    var sgst = fields.amountOrZero("/sgst_total");
    var igst = fields.amountOrZero("/igst_total");
    if (differ(cgst, sgst)) {
      findings.error(
        "tax.unequal",
        "/sgst_total",
        "CGST is %s but SGST is %s; they must be equal.".formatted(
          cgst.toPlainString(),
          sgst.toPlainString()
        )
      );
    }
    if (igst.signum() != 0 && cgst.add(sgst).signum() != 0) {
      findings.error("tax.mixed", "/igst_total", "IGST is charged as well as CGST and SGST.");
    }
    if (
      findings
        .all()
        .stream()
        .noneMatch(finding -> finding.code().startsWith("tax."))
    ) {
      taxFitsTheParties(cgst, igst);
    }
  }

  /** The place of supply decides, which is the buyer's state but for goods that are handed over. */
  private void taxFitsTheParties(BigDecimal cgst, BigDecimal igst) {
    var states = Stream.of("/seller/gstin", "/buyer/gstin")
      .flatMap(path -> fields.text(path).stream())
      .filter(Gstin::isValid)
      .map(Gstin::stateCode)
      .toList();
    if (states.size() < 2) {
      return;
    }
    boolean isWithin = states.getFirst().equals(states.getLast());
    if (isWithin ? igst.signum() != 0 : cgst.signum() != 0) {
      findings.error(
        "tax.state_conflict",
        isWithin ? "/igst_total" : "/cgst_total",
        isWithin
          ? "IGST is charged, but both parties are registered in one state."
          : "CGST is charged, but the parties are registered in different states."
      );
    }
  }

  private void sumIsTheGrandTotal() {
    var taxable = fields.amount("/taxable_total");
    var printed = fields.amount("/grand_total");
    if (taxable.isEmpty() || printed.isEmpty()) {
      return;
    }
    var sum = Stream.of("/cgst_total", "/sgst_total", "/igst_total", "/cess_total", "/round_off")
      .map(fields::amountOrZero)
      .reduce(taxable.get(), BigDecimal::add);
    if (differ(sum, printed.get())) {
      findings.error(
        "total.mismatch",
        "/grand_total",
        "Taxable value, taxes and round-off add up to %s, but %s is printed.".formatted(
          sum.toPlainString(),
          printed.get().toPlainString()
        )
      );
    }
  }

  private void linesAddUp() {
    var taxable = fields.amount("/taxable_total");
    var lines = fields.list("/line_items");
    List<BigDecimal> values = lines
      .stream()
      .map(line -> new Fields(line).amount("/taxable_value"))
      .flatMap(Optional::stream)
      .toList();
    if (taxable.isEmpty() || values.isEmpty()) {
      return;
    }
    var sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (differ(sum, taxable.get())) {
      findings.error(
        "lines.mismatch",
        "/line_items",
        "The line items' taxable values add up to %s, but the total is %s.".formatted(
          sum.toPlainString(),
          taxable.get().toPlainString()
        )
      );
    }
  }

  private void linesAreWellFormed() {
    List<JsonNode> lines = fields.list("/line_items");
    for (int index = 0; index < lines.size(); index++) {
      var line = new Fields(lines.get(index));
      var path = "/line_items/" + index;
      line
        .text("/hsn_sac")
        .filter(code -> !HSN_OR_SAC.matcher(code).matches())
        .ifPresent(code ->
          findings.error(
            "hsn.invalid",
            path + "/hsn_sac",
            "\"%s\" must have 2, 4, 6 or 8 digits.".formatted(code)
          )
        );
      line
        .amount("/gst_rate")
        .filter(rate -> !RATES.contains(rate.stripTrailingZeros()))
        .ifPresent(rate ->
          findings.error(
            "rate.unknown",
            path + "/gst_rate",
            "%s %% is not a GST rate.".formatted(rate.toPlainString())
          )
        );
    }
  }

  private static boolean differ(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs().compareTo(TOLERANCE) > 0;
  }
}
