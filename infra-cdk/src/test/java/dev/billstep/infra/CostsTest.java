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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of {@code docs/costs.md} and the sentence of the README, worked out of the definition, the
 * functions' memory, measured durations, the sizes of the requests that the wire's goldens have and of the
 * answers to the samples, and published prices. {@code -Dcosts.write} writes them anew.
 */
class CostsTest {

  private static final Path DOCS = Path.of("../docs/costs.md");
  private static final Path README = Path.of("../README.md");
  private static final Path FIGURES = Path.of("../bench/costs.json");
  private static final String BEGIN = "<!-- worked out by CostsTest -->\n";
  private static final String END = "<!-- end -->\n";

  private static final int PAGES = 1_000;

  /** Pages that are classified in one call: the default. */
  private static final int BATCH = 4;
  private static final int PAGES_OF_A_DOCUMENT = 5;

  private final JsonNode definition = Flow.definition();
  private final JsonNode figures = read(FIGURES);

  @Test
  void theTableInTheDocsIsWhatTheDefinitionAndTheMeasurementsMake() throws IOException {
    isHeld(DOCS, table());
  }

  @Test
  void theSentenceOfTheReadmeIsTheTables() throws IOException {
    var setUps = setUps();
    isHeld(
      README,
      "On one machine: nothing but time. In AWS: %s dollars for 1,000 pages without the model. With it, %s.\n".formatted(
        usd(sum(ofAws(setUps.getFirst()))),
        setUps
          .stream()
          .map(setUp -> "%s cents a page (%s)".formatted(cents(sum(costs(setUp))), setUp.name()))
          .collect(Collectors.joining(", "))
      )
    );
  }

  private static void isHeld(Path file, String text) throws IOException {
    var docs = Files.readString(file);
    int from = docs.indexOf(BEGIN) + BEGIN.length();
    int to = docs.indexOf(END, from);
    if (System.getProperties().containsKey("costs.write")) {
      Files.writeString(file, docs.substring(0, from) + text + docs.substring(to));
    } else {
      assertThat(docs.substring(from, to)).isEqualTo(text);
    }
  }

  @Test
  void aStateThatIsAddedToEveryPageCostsMore() {
    assertThat(transitions(4)).isGreaterThan(PAGES).isLessThan(transitions(1));
  }

  private String table() {
    var setUps = setUps();
    var rows = new ArrayList<String>();
    rows.add(
      setUps
        .stream()
        .map(ModelSetUp::name)
        .collect(
          Collectors.joining(" | ", "| US dollars for 1,000 pages, in documents of 5 | ", " |")
        )
    );
    rows.add("| --- |" + " ---: |".repeat(setUps.size()));
    for (int index = 0; index < costs(setUps.getFirst()).size(); index++) {
      int row = index;
      rows.add(
        row(costs(setUps.getFirst()).get(row).of(), setUps, setUp ->
          usd(costs(setUp).get(row).usd())
        )
      );
    }
    rows.add(row("**together**", setUps, setUp -> "**%s**".formatted(usd(sum(costs(setUp))))));
    rows.add(
      row("**cents a page**", setUps, setUp -> "**%s**".formatted(cents(sum(costs(setUp)))))
    );
    rows.add(
      row("tokens of a page's picture, read", setUps, setUp -> whole(setUp.pictureTokens("read")))
    );
    rows.add(row("and classified", setUps, setUp -> whole(setUp.pictureTokens("classify"))));
    rows.add(row("tokens of task and schema", setUps, setUp -> whole(setUp.taskTokens("read"))));
    rows.add(row("tokens of an answer", setUps, setUp -> whole(setUp.answerTokens())));
    return (
      rows.stream().collect(Collectors.joining("\n", "", "\n")) +
      "\nState transitions a page: %s. GB-seconds a page: %s.\n".formatted(
        decimal(transitions(BATCH) / PAGES),
        decimal(gigabyteSeconds(BATCH, setUps.getFirst()) / PAGES)
      )
    );
  }

  private static String row(String of, List<ModelSetUp> setUps, Function<ModelSetUp, String> cell) {
    return setUps
      .stream()
      .map(cell)
      .collect(Collectors.joining(" | ", "| " + of + " | ", " |"));
  }

  private List<ModelSetUp> setUps() {
    return figures
      .path("setUps")
      .valueStream()
      .map(setUp -> new ModelSetUp(setUp, figures))
      .toList();
  }

  private List<Cost> costs(ModelSetUp setUp) {
    return Stream.concat(
      ofAws(setUp).stream(),
      Stream.of(
        new Cost("the model, classifying", setUp.classifying(batches(BATCH), PAGES)),
        new Cost("the model, reading", setUp.reading(PAGES))
      )
    ).toList();
  }

  private List<Cost> ofAws(ModelSetUp setUp) {
    var prices = figures.path("prices");
    return List.of(
      new Cost(
        "state transitions",
        ((transitions(BATCH) + transitionsOfWaiting(setUp)) / 1_000) *
          price(prices, "transitionsPerThousand")
      ),
      new Cost(
        "Lambda",
        gigabyteSeconds(BATCH, setUp) * price(prices, "lambdaPerGbSecond") +
          (invocations(BATCH, setUp) / 1_000_000) * price(prices, "lambdaPerMillionRequests")
      ),
      new Cost(
        "S3 requests",
        (requests("puts", BATCH, setUp) / 1_000) * price(prices, "s3PutsPerThousand") +
          (requests("gets", BATCH, setUp) / 1_000) * price(prices, "s3GetsPerThousand")
      )
    );
  }

  static double price(JsonNode from, String name) {
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

  /** To send the questions, and for every look at what has become of them: to wait, to look, and to choose. */
  private static double transitionsOfWaiting(ModelSetUp setUp) {
    return setUp.isDeferred() ? documents() * (2 + 3.0 * setUp.looks()) : 0;
  }

  private double gigabyteSeconds(int batchSize, ModelSetUp setUp) {
    return PipelineFunction.ofStates()
      .stream()
      .mapToDouble(
        function ->
          (function.memoryMb() / 1024.0) *
          seconds(function, setUp) *
          times(function.id(), batchSize, setUp)
      )
      .sum();
  }

  private double invocations(int batchSize, ModelSetUp setUp) {
    return PipelineFunction.ofStates()
      .stream()
      .mapToDouble(function -> times(function.id(), batchSize, setUp))
      .sum();
  }

  /** Who finds what it is to ask about answered waits for no model. */
  private double seconds(PipelineFunction function, ModelSetUp setUp) {
    boolean isAnswered = setUp.isDeferred() && function.share().isPresent();
    return figures.at(isAnswered ? "/ownSeconds" : "/seconds/" + function.id()).asDouble();
  }

  private static double times(String function, int batchSize, ModelSetUp setUp) {
    return switch (function) {
      case "Defer" -> setUp.isDeferred() ? documents() : 0;
      case "Collect" -> setUp.isDeferred() ? documents() * setUp.looks() : 0;
      case "Claim", "Split", "Persist" -> documents();
      case "Classify" -> batches(batchSize);
      case "Read" -> PAGES;
      default -> 0; // Where something goes wrong.
    };
  }

  private double requests(String kind, int batchSize, ModelSetUp setUp) {
    var of = figures.path("s3").path(kind);
    double more = setUp.isDeferred() ? of.path("deferredPage").asDouble() : 0;
    return (
      documents() * of.path("document").asDouble() +
      batches(batchSize) * of.path("batch").asDouble() +
      PAGES * (of.path("page").asDouble() + more)
    );
  }

  private static double sum(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::usd).sum();
  }

  private record Cost(String of, double usd) {}

  private static String usd(double amount) {
    return String.format(Locale.ROOT, "%.2f", amount);
  }

  /** Of 1,000 pages' dollars. */
  private static String cents(double dollars) {
    return String.format(Locale.ROOT, "%.2f", (dollars / PAGES) * 100);
  }

  private static String whole(double tokens) {
    return String.format(Locale.ROOT, "%,.0f", tokens);
  }

  private static String decimal(double amount) {
    return String.format(Locale.ROOT, "%.1f", amount);
  }

  static JsonNode read(Path file) {
    try {
      return Json.read(Files.readAllBytes(file), JsonNode.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
