package dev.billstep.reading;

import dev.billstep.reading.Finding.Severity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Collects findings; holds the checks that both doc types share. */
final class Findings {

  private final Fields fields;
  private final LocalDate today;
  private final List<Finding> findings = new ArrayList<>();

  Findings(Fields fields, LocalDate today) {
    this.fields = fields;
    this.today = today;
  }

  List<Finding> all() {
    return List.copyOf(findings);
  }

  void error(String code, String path, String message) {
    findings.add(new Finding(code, path, message, Severity.ERROR));
  }

  void missing(String... paths) {
    for (var path : paths) {
      if (fields.text(path).isEmpty() && fields.amount(path).isEmpty()) {
        findings.add(
          new Finding("field.missing", path, "It was not found on the page.", Severity.WARNING)
        );
      }
    }
  }

  void gstin(String path) {
    fields
      .text(path)
      .flatMap(Gstin::problem)
      .ifPresent(problem -> error("gstin.invalid", path, problem + "."));
  }

  void notInTheFuture(String path) {
    fields
      .date(path)
      .filter(date -> date.isAfter(today))
      .ifPresent(date -> error("date.future", path, "%s is in the future.".formatted(date)));
  }
}
