package dev.billstep.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of {@code docs/costs.md}, worked out of the definition, the functions' memory, measured
 * durations and published prices. {@code -Dcosts.write} writes it anew.
 */
class CostsTest {

  private static final Path DOCS = Path.of("../docs/costs.md");
  private static final Path FIGURES = Path.of("../bench/costs.json");
  private static final String BEGIN = "<!-- worked out by CostsTest -->\n";
  private static final String END = "<!-- end -->\n";

  private static final int PAGES = 1_000;
  private static final int PAGES_OF_A_DOCUMENT = 5;

  private final JsonNode definition = Flow.definition();
  private final JsonNode figures = read(FIGURES);

  @Test
  void theTableInTheDocsIsWhatTheDefinitionAndTheMeasurementsMake() throws IOException {
    var docs = Files.readString(DOCS);
    int from = docs.indexOf(BEGIN) + BEGIN.length();
    int to = docs.indexOf(END);
    var table = table();
    if (System.getProperties().containsKey("costs.write")) {
      Files.writeString(DOCS, docs.substring(0, from) + table + docs.substring(to));
    } else {
      assertThat(docs.substring(from, to)).isEqualTo(table);
    }
  }

  @Test
  void aStateThatIsAddedToEveryPageCostsMore() {
    assertThat(transitions(4)).isGreaterThan(PAGES).isLessThan(transitions(1));
  }

  private String table() {
    var rows = new ArrayList<String>();
    rows.add("| US dollars for 1,000 pages, in documents of 5 | batches of 4 | batches of 1 |");
    rows.add("| --- | ---: | ---: |");
    var four = costs(4);
    var one = costs(1);
    for (int index = 0; index < four.size(); index++) {
      rows.add(
        "| %s | %s | %s |".formatted(
          four.get(index).of(),
          usd(four.get(index).usd()),
          usd(one.get(index).usd())
        )
      );
    }
    rows.add("| **together** | **%s** | **%s** |".formatted(usd(sum(four)), usd(sum(one))));
    rows.add(
      "| state transitions a page | %s | %s |".formatted(
        decimal(transitions(4) / PAGES),
        decimal(transitions(1) / PAGES)
      )
    );
    rows.add(
      "| GB-seconds a page | %s | %s |".formatted(
        decimal(gigabyteSeconds(4) / PAGES),
        decimal(gigabyteSeconds(1) / PAGES)
      )
    );
    return rows.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private List<Cost> costs(int batchSize) {
    var prices = figures.path("prices");
    var model = figures.path("model");
    return List.of(
      new Cost(
        "state transitions",
        (transitions(batchSize) / 1_000) * price(prices, "transitionsPerThousand")
      ),
      new Cost(
        "Lambda",
        gigabyteSeconds(batchSize) * price(prices, "lambdaPerGbSecond") +
          (invocations(batchSize) / 1_000_000) * price(prices, "lambdaPerMillionRequests")
      ),
      new Cost(
        "S3 requests",
        (requests("puts", batchSize) / 1_000) * price(prices, "s3PutsPerThousand") +
          (requests("gets", batchSize) / 1_000) * price(prices, "s3GetsPerThousand")
      ),
      new Cost(
        "the model, " + model.path("name").asText(),
        (tokens("input", batchSize) / 1_000_000) * price(model, "inputPerMillion") +
          (tokens("output", batchSize) / 1_000_000) * price(model, "outputPerMillion")
      )
    );
  }

  private static double price(JsonNode from, String name) {
    assertThat(from.path(name).isNumber()).as(name).isTrue();
    return from.path(name).asDouble();
  }

  private static double documents() {
    return (double) PAGES / PAGES_OF_A_DOCUMENT;
  }

  /** Of all documents: a document's last batch may be smaller. */
  private static double batches(int batchSize) {
    return documents() * Math.ceilDiv(PAGES_OF_A_DOCUMENT, batchSize);
  }

  /** States that are entered where nothing goes wrong; each is a transition. */
  private double transitions(int batchSize) {
    var batch = definition.at("/States/ReadBatches/ItemProcessor");
    var page = batch.at("/States/ReadPages/ItemProcessor");
    return (
      documents() * entered(definition).size() +
      batches(batchSize) * entered(batch).size() +
      PAGES * (double) entered(page).size()
    );
  }

  /** From the start along what comes next; a choice is what a new document of few pages takes. */
  private static List<String> entered(JsonNode machine) {
    var entered = new ArrayList<String>();
    var name = machine.path("StartAt").asText();
    while (!name.isEmpty()) {
      entered.add(name);
      var state = machine.path("States").path(name);
      name = switch (name) {
        case "AreThereManyPages" -> state.path("Default").asText();
        default -> state.path("Type").asText().equals("Choice")
          ? state.at("/Choices/0/Next").asText()
          : state.path("Next").asText();
      };
    }
    return entered;
  }

  private double gigabyteSeconds(int batchSize) {
    return PipelineFunction.ofStates()
      .stream()
      .mapToDouble(
        function ->
          (function.memoryMb() / 1024.0) * seconds(function.id()) * times(function.id(), batchSize)
      )
      .sum();
  }

  private double invocations(int batchSize) {
    return PipelineFunction.ofStates()
      .stream()
      .mapToDouble(function -> times(function.id(), batchSize))
      .sum();
  }

  private double seconds(String function) {
    return figures.at("/seconds/" + function).asDouble();
  }

  private static double times(String function, int batchSize) {
    return switch (function) {
      case "Claim", "Split", "Persist" -> documents();
      case "Classify" -> batches(batchSize);
      case "Read" -> PAGES;
      default -> 0; // Where something goes wrong.
    };
  }

  private double requests(String kind, int batchSize) {
    var of = figures.path("s3").path(kind);
    return (
      documents() * of.path("document").asDouble() +
      batches(batchSize) * of.path("batch").asDouble() +
      PAGES * of.path("page").asDouble()
    );
  }

  private double tokens(String kind, int batchSize) {
    var of = figures.path("tokens").path(kind);
    return batches(batchSize) * of.path("batch").asDouble() + PAGES * of.path("page").asDouble();
  }

  private static double sum(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::usd).sum();
  }

  private record Cost(String of, double usd) {}

  private static String usd(double amount) {
    return String.format(Locale.ROOT, "%.2f", amount);
  }

  private static String decimal(double amount) {
    return String.format(Locale.ROOT, "%.1f", amount);
  }

  private static JsonNode read(Path file) {
    try {
      return Json.read(Files.readAllBytes(file), JsonNode.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
