package dev.billstep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocType;
import dev.billstep.json.Json;
import dev.billstep.page.DocumentSplitter;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.SplitPage;
import dev.billstep.page.Word;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import dev.billstep.samples.SampleMaker;
import dev.billstep.samples.SampleMaker.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's made-up values are found in the words of the page, and its true ones are let be. */
class GroundingTest {

  private static final int DOCUMENTS = 60;
  private static final int PLANTED = 200;
  private static final List<String> IDENTIFYING = List.of(
    "/invoice_number",
    "/invoice_date",
    "/seller/gstin",
    "/grand_total",
    "/eway_bill_number",
    "/vehicle_number",
    "/value_of_goods"
  );
  private static final FieldChecks CHECKS = new FieldChecks(InstantSource.system());
  private static final List<Page> PAGES = new ArrayList<>();

  @TempDir
  static Path folder;

  @BeforeAll
  static void make() throws IOException {
    new SampleMaker(Condition.DIGITAL, 11).make(DOCUMENTS, folder);
    for (int number = 1; number <= DOCUMENTS; number++) {
      var expected = Json.read(
        Files.readAllBytes(folder.resolve("%04d.expected.json".formatted(number))),
        JsonNode.class
      ).path(0);
      var type = DocType.ofLabel(expected.path("doc_type").asText()).orElseThrow();
      if (type != DocType.UNKNOWN) {
        PAGES.add(new Page(type, (ObjectNode) expected.path("fields"), words(number)));
      }
    }
  }

  @Test
  void fewerThanOneInAHundredTrueValuesIsDoubted() {
    long values = PAGES.stream()
      .mapToLong(page -> page.identifying().size())
      .sum();
    long doubted = PAGES.stream()
      .mapToLong(page -> notPrinted(page, page.fields()).size())
      .sum();
    assertThat(values).isGreaterThan(100);
    assertThat((double) doubted / values).isLessThan(0.01);
  }

  @Test
  void ninetyNineOfAHundredMadeUpValuesAreFound() {
    var random = new Random(12);
    int found = 0;
    for (int planted = 0; planted < PLANTED; planted++) {
      var page = PAGES.get(random.nextInt(PAGES.size()));
      var paths = page.identifying();
      var path = paths.get(random.nextInt(paths.size()));
      var fields = page.fields().deepCopy();
      plant(fields, path, random);
      boolean isFound = notPrinted(page, fields)
        .stream()
        .anyMatch(finding -> finding.path().equals(path));
      found += isFound ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo((PLANTED * 99) / 100);
  }

  /** Of the same form: digits and letters are others. */
  private static void plant(ObjectNode fields, String path, Random random) {
    var parent = (ObjectNode) fields.at(path.substring(0, path.lastIndexOf('/')));
    var name = path.substring(path.lastIndexOf('/') + 1);
    var value = parent.path(name);
    if (value.isNumber()) {
      parent.put(name, random.nextInt(10_000, 99_999_999) / 100.0);
    } else if (name.endsWith("_date")) {
      parent.put(
        name,
        "20%02d-%02d-%02d".formatted(
          random.nextInt(27, 60),
          1 + random.nextInt(12),
          1 + random.nextInt(28)
        )
      );
    } else {
      var made = new StringBuilder();
      value
        .asText()
        .chars()
        .forEach(letter ->
          made.append(
            (char) (Character.isDigit(letter)
              ? '0' + random.nextInt(10)
              : Character.isLetter(letter)
                ? 'A' + random.nextInt(26)
                : letter)
          )
        );
      parent.put(name, made.toString());
    }
  }

  private static List<Finding> notPrinted(Page page, JsonNode fields) {
    return CHECKS.findings(page.type(), fields, page.words())
      .stream()
      .filter(finding -> finding.code().equals("value.not_printed"))
      .toList();
  }

  private static List<Word> words(int number) throws IOException {
    var file = folder.resolve("%04d.pdf".formatted(number));
    var pages = new ArrayList<SplitPage>();
    DocumentSplitter.of(file, "sample.pdf").split(
      file,
      new SplitLimits(1 << 26, 10, 60_000_000, 100, 5),
      pages::add
    );
    return ((SplitPage.Drawn) pages.getFirst()).words();
  }

  private record Page(DocType type, ObjectNode fields, List<Word> words) {
    List<String> identifying() {
      return IDENTIFYING.stream()
        .filter(path -> fields.at(path).isValueNode() && !fields.at(path).isNull())
        .filter(path -> !fields.at(path).isMissingNode())
        .toList();
    }
  }
}
