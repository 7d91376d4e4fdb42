package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.page.SeenWord;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** The checks that no model can fake: checksums, sums, and dates that make sense. */
public final class FieldChecks {

  /** Of a value that stands nowhere on the page. */
  public static final String NOT_PRINTED = "value.not_printed";

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

  private final InstantSource clock;

  public FieldChecks(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What a reviewer should look at, also of what stands nowhere on the page.
   *
   * @param words of the page, by which the model has not read it; empty where there are none
   */
  public List<Finding> findings(DocType type, JsonNode tree, List<SeenWord> words) {
    return Stream.concat(
      findings(type, tree).stream(),
      Grounding.findings(type, tree, words).stream()
    ).toList();
  }

  /** What a reviewer should look at; empty where everything holds. */
  public List<Finding> findings(DocType type, JsonNode tree) {
    var fields = new Fields(tree);
    var findings = new Findings(fields, LocalDate.ofInstant(clock.instant(), INDIA));
    switch (type) {
      case BILL -> new BillChecks(fields, findings).run();
      case EWAY_BILL -> new EwayBillChecks(fields, findings).run();
      case UNKNOWN -> {
        // Nothing is known of such a page that could be held against it.
      }
    }
    return findings.all();
  }
}
