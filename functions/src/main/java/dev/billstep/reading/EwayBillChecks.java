package dev.billstep.reading;

import java.util.regex.Pattern;

/** What must hold on an e-way bill whoever reads it (form EWB-01). */
final class EwayBillChecks {

  static final Pattern NUMBER = Pattern.compile("\\d{12}");

  /** {@code TR} and {@code TM} begin temporary numbers. */
  private static final Pattern VEHICLE = Pattern.compile(
    "[A-Z]{2}\\d{1,2}[A-Z]{0,3}\\d{4}|T[RM][A-Z0-9]{5,13}"
  );

  /** An unregistered person has this in place of a GSTIN. */
  private static final String UNREGISTERED = "URP";

  private final Fields fields;
  private final Findings findings;

  EwayBillChecks(Fields fields, Findings findings) {
    this.fields = fields;
    this.findings = findings;
  }

  void run() {
    findings.missing(
      "/eway_bill_number",
      "/generated_at",
      "/document_number",
      "/document_date",
      "/supplier/gstin",
      "/recipient/gstin",
      "/value_of_goods"
    );
    vehicleAndValidityComeTogether();
    fields
      .text("/eway_bill_number")
      .filter(number -> !NUMBER.matcher(number).matches())
      .ifPresent(number ->
        findings.error(
          "eway_bill_number.invalid",
          "/eway_bill_number",
          "\"%s\" must have 12 digits.".formatted(number)
        )
      );
    findings.gstin("/generated_by_gstin");
    gstinUnlessUnregistered("/supplier/gstin");
    gstinUnlessUnregistered("/recipient/gstin");
    findings.notInTheFuture("/generated_at");
    findings.notInTheFuture("/document_date");
    validityFollowsGeneration();
    vehicleNumber();
  }

  private void gstinUnlessUnregistered(String path) {
    if (!fields.text(path).filter(UNREGISTERED::equals).isPresent()) {
      findings.gstin(path);
    }
  }

  private void validityFollowsGeneration() {
    var generated = fields.date("/generated_at");
    var until = fields.date("/valid_until");
    if (generated.isPresent() && until.isPresent() && until.get().isBefore(generated.get())) {
      findings.error(
        "validity.before_generation",
        "/valid_until",
        "It is valid until %s, but was generated on %s.".formatted(until.get(), generated.get())
      );
    }
  }

  /** Form EWB-01 is valid once Part B is filled in: it has both or neither. */
  private void vehicleAndValidityComeTogether() {
    boolean hasVehicle = fields.text("/vehicle_number").isPresent();
    boolean isValid = fields.text("/valid_until").isPresent();
    if (hasVehicle != isValid) {
      findings.missing("/vehicle_number", "/valid_until");
    }
  }

  private void vehicleNumber() {
    fields
      .text("/vehicle_number")
      .filter(number -> !VEHICLE.matcher(number).matches())
      .ifPresent(number ->
        findings.error(
          "vehicle.invalid",
          "/vehicle_number",
          "\"%s\" is not a vehicle registration number.".formatted(number)
        )
      );
  }
}
