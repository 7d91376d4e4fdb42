package dev.billstep.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.FieldChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is found in a document of several pages, each thing on the page that it is about. */
class JoinedFieldsTest {

  private static final FieldChecks CHECKS = new FieldChecks(
    InstantSource.fixed(Instant.parse("2026-11-25T00:00:00Z"))
  );

  private static final String PAGES = """
  [{"page_number": 4, "doc_type": "bill"}, {"page_number": 5, "doc_type": "bill"},
   {"page_number": 6, "doc_type": "unknown"}]""";

  /** The whole of it, so that whoever writes it otherwise comes here. */
  private static final Pattern IS_TOTAL = Pattern.compile(
    "SELECT p_field LIKE '%\\\\_(?<ending>\\w+)' OR p_field IN \\((?<names>'\\w+'(?:, '\\w+')*)\\)\\s*\\$\\$;"
  );

  @Test
  void theEndOfADocumentIsWhatTheDatabaseTakesForIt() throws IOException {
    var prisma = Path.of("../prisma");
    var sql = IS_TOTAL.matcher(Files.readString(prisma.resolve("functions/is_total.sql")));
    assertThat(sql.find()).as("is_total.sql says it in the known form").isTrue();
    var ending = "_" + sql.group("ending");
    var names = List.of(sql.group("names").replace("'", "").split(", "));
    var fields = new TreeSet<>(names);
    try (var schemas = Files.walk(prisma.resolve("doctypes"))) {
      for (var schema : schemas.filter(file -> file.toString().endsWith(".schema.json")).toList()) {
        Json.read(Files.readAllBytes(schema), JsonNode.class)
          .path("properties")
          .fieldNames()
          .forEachRemaining(fields::add);
      }
    }
    assertThat(fields).contains("grand_total", "line_items", "value_of_goods");
    assertThat(fields).allSatisfy(field ->
      assertThat(JoinedFields.isTotal(field))
        .as(field)
        .isEqualTo(field.endsWith(ending) || names.contains(field))
    );
  }

  @Test
  void theLinesOfAllPagesAreHeldAgainstTheTotalsOfTheLast() {
    assertThat(found(200)).isEmpty();
    assertThat(found(250)).containsExactly("6 /line_items");
  }

  private static List<String> found(int total) {
    return of(
      """
      {"invoice_number": "7", "invoice_date": "2026-04-01", "taxable_total": %d, "grand_total": %d,
       "line_items": [{"taxable_value": 100}, {"taxable_value": 60}, {"taxable_value": 40}]}""".formatted(
        total,
        total
      ),
      """
      {"invoice_number": 4, "invoice_date": 4, "taxable_total": 5, "grand_total": 5,
       "line_items": [{"page": 4, "lines": 2}, {"page": 5, "lines": 1}]}"""
    );
  }

  @Test
  void aLineIsNumberedAsOnItsPage() {
    assertThat(
      of(
        """
        {"invoice_number": "7", "invoice_date": "2026-04-01", "grand_total": 5,
         "line_items": [{"hsn_sac": "7317"}, {"hsn_sac": "7317"}, {"hsn_sac": "7"}, {"hsn_sac": "12345"}]}""",
        """
        {"line_items": [{"page": 4, "lines": 2}, {"page": 5, "lines": 2}]}"""
      )
    ).containsExactly("5 /line_items/0/hsn_sac", "5 /line_items/1/hsn_sac");
  }

  @Test
  void whatNoPageSaysIsMissingWhereItShouldStand() {
    assertThat(
      of(
        "{\"invoice_number\": null, \"invoice_date\": null, \"grand_total\": null}",
        "{\"invoice_number\": null, \"invoice_date\": null, \"grand_total\": null}"
      )
    ).containsExactly("4 /invoice_number", "4 /invoice_date", "6 /grand_total");
  }

  @Test
  void aPageByItselfIsNoJoinedDocument() {
    assertThat(JoinedFields.of(document("null", "null"))).isEmpty();
  }

  private static List<String> of(String fields, String origins) {
    return JoinedFields.of(document(fields, origins))
      .orElseThrow()
      .findings(CHECKS)
      .stream()
      .map(each -> each.page() + " " + each.finding().path())
      .toList();
  }

  private static JsonNode document(String fields, String origins) {
    return Json.read(
      "{\"pages\": %s, \"fields\": %s, \"origins\": %s}".formatted(PAGES, fields, origins)
    );
  }
}
