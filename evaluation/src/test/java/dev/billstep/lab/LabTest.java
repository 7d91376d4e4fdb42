package dev.billstep.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.ModelUnauthorised;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Price;
import dev.billstep.storage.FilePageStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lab asks, and what it pays, whatever its models do. */
class LabTest {

  private static final Path PRISMA = Path.of("../prisma");
  private static final Patience PATIENCE = new Patience(
    3,
    Duration.ofMillis(1),
    Duration.ofMillis(2)
  );
  private static final List<JsonNode> EXPECTED = Json.read(
    """
    [{"page_number": 1, "doc_type": "unknown", "fields": {}}]"""
  )
    .valueStream()
    .toList();

  /** A dollar for a thousand tokens: a call costs at most about 50 dollars. */
  private static final Price PRICE = Price.of(new BigDecimal(1_000), new BigDecimal(1_000));

  @TempDir
  Path folder;

  private final Scripted models = new Scripted();

  @Test
  void modelsReadTheSameDocumentsSideBySide() throws IOException {
    var result = run(documents(3), Optional.empty(), "one", "two");
    assertThat(result.isComplete()).isTrue();
    assertThat(result.standings())
      .extracting(Standing::model)
      .containsExactly("scripted/one", "scripted/two");
    assertThat(result.standings()).allSatisfy(standing -> {
      assertThat(standing.pages()).isEqualTo(3);
      assertThat(standing.result().accuracy()).isEqualTo(1);
      assertThat(standing.usdAPage()).hasValueSatisfying(usd ->
        assertThat(usd).isEqualByComparingTo("2.2")
      );
    });
  }

  @Test
  void whatWasAnsweredIsNotAskedForAgain() throws IOException {
    var before = run(documents(2), Optional.empty(), "one");
    int asked = models.calls.get();
    var after = run(documents(2), Optional.empty(), "one");
    assertThat(models.calls).hasValue(asked);
    assertThat(after.spent()).isEqualTo(before.spent());
    run(documents(2), Optional.empty(), "one", "two");
    assertThat(models.calls)
      .as("the other model alone")
      .hasValue(2 * asked);
  }

  @Test
  void theSameDocumentTwiceIsPaidForOnce() throws IOException {
    var one = documents(1).getFirst();
    var copy = folder.resolve("copy.png");
    Files.copy(one.path(), copy);
    var result = run(
      List.of(one, new LabelledDocument(copy, EXPECTED)),
      Optional.empty(),
      "one",
      "one"
    );
    assertThat(result.isComplete()).isTrue();
    assertThat(models.calls).as("a classification and a reading").hasValue(2);
  }

  @Test
  void anInterruptedRunGoesOnWhereItWas() throws IOException {
    var documents = documents(3);
    models.answers = call -> {
      if (call > 3) {
        throw new OutOfMemoryError("the process ends");
      }
      return Scripted.USAGE;
    };
    assertThatThrownBy(() -> run(documents, Optional.empty(), "one")).isInstanceOf(
      IllegalStateException.class
    );
    models.calls.set(0);
    models.answers = _ -> Scripted.USAGE;
    var result = run(documents, Optional.empty(), "one");
    assertThat(result.isComplete()).isTrue();
    assertThat(models.calls).as("three of six were answered").hasValue(3);
    assertThat(result.spent().possibleUsd())
      .as("what a call may have cost whose end nobody has seen")
      .isGreaterThan(result.spent().usd());
  }

  /** Every answer costs what it can cost at most; of four at once none goes beyond. */
  @Test
  void theLimitHoldsWhateverTheCallsUnderWayTurnOutToCost() throws IOException {
    var documents = documents(8);
    models.answers = _ -> new Usage(20_000, 16_000, 0, 0, Optional.empty());
    var limit = new BigDecimal(300);
    var stopped = run(documents, Optional.of(limit), "one", "two");
    assertThat(stopped.limitReached()).hasValueSatisfying(sentence ->
      assertThat(sentence).contains("US$ 300", "--max-usd")
    );
    assertThat(stopped.isComplete()).isFalse();
    assertThat(stopped.spent().possibleUsd()).isLessThanOrEqualTo(limit);
    assertThat(stopped.spent().calls()).isEqualTo(models.calls.get()).isGreaterThan(3);

    int asked = models.calls.get();
    run(documents, Optional.of(limit), "one", "two");
    assertThat(models.calls).as("what was spent before counts").hasValue(asked);

    var finished = run(documents, Optional.of(new BigDecimal(10_000)), "one", "two");
    assertThat(finished.isComplete()).isTrue();
    assertThat(models.calls).as("a classification and a reading of each").hasValue(32);
  }

  @Test
  void aLimitThatNoCallFitsSpendsNothing() throws IOException {
    var result = run(documents(1), Optional.of(new BigDecimal("0.01")), "one");
    assertThat(result.limitReached()).isPresent();
    assertThat(models.calls).hasValue(0);
  }

  @Test
  void aCallWithoutAnAnswerCountsAtItsWorst() throws IOException {
    models.answers = call -> {
      if (call == 1) {
        throw new ModelUnavailable("scripted/one", new IOException("reset"));
      }
      return Scripted.USAGE;
    };
    var result = run(documents(1), Optional.empty(), "one");
    assertThat(result.isComplete()).as("it was asked again").isTrue();
    assertThat(result.spent().usd()).isEqualByComparingTo("2.2");
    assertThat(result.spent().possibleUsd()).isGreaterThan(new BigDecimal(20));
  }

  @Test
  void aCallThatReachedNobodyCostsNothing() throws IOException {
    models.answers = _ -> {
      throw new ModelUnavailable("scripted/one", new IOException(new ConnectException("refused")));
    };
    var result = run(documents(1), Optional.empty(), "one");
    assertThat(result.standings().getFirst().outBecause()).isPresent();
    assertThat(result.spent().possibleUsd()).isZero();
  }

  @Test
  void aModelThatDoesNotTakeItsKeyIsOutAndTheOthersGoOn() throws IOException {
    models.refused = "two";
    var result = run(documents(2), Optional.empty(), "one", "two");
    assertThat(result.compared()).isEqualTo(2);
    assertThat(result.standings().getFirst().pages()).isEqualTo(2);
    assertThat(result.standings().getLast().outBecause()).isPresent();
    assertThat(result.spent().possibleUsd()).isEqualByComparingTo("4.4");
  }

  @Test
  void aLineThatAKilledProcessHasHalfWrittenIsLeftOut() throws IOException {
    var before = run(documents(1), Optional.empty(), "one");
    Files.writeString(
      folder.resolve("lab/calls.jsonl"),
      "{\"made\": {\"id\": \"x",
      StandardOpenOption.APPEND
    );
    assertThat(run(documents(2), Optional.empty(), "one").spent().calls()).isEqualTo(
      2 * before.spent().calls()
    );
    assertThat(run(documents(2), Optional.empty(), "one").isComplete()).isTrue();
  }

  @Test
  void aSecondLabInTheSameFolderIsRefused() throws IOException {
    try (var _ = lab(documents(1), Optional.empty(), "one")) {
      assertThatThrownBy(() -> lab(documents(1), Optional.empty(), "one")).isInstanceOf(
        LabInUse.class
      );
    }
  }

  @Test
  void thePageShowsWhatEachHasMissedAndNothingOfADocumentIsMarkup() throws IOException {
    var document = documents(1).getFirst();
    var expected = Json.read(
      """
      [{"page_number": 1, "doc_type": "unknown", "fields": {"text": "<b>5 < 6"}}]"""
    );
    var labelled = new LabelledDocument(document.path(), expected.valueStream().toList());
    var html = LabPage.of(run(List.of(labelled), Optional.empty(), "one"), uri -> new byte[0]);
    assertThat(html).contains("scripted/one", "&lt;b&gt;5 &lt; 6", "page 1").doesNotContain("<b>5");
  }

  private LabResult run(
    List<LabelledDocument> documents,
    Optional<BigDecimal> limit,
    String... names
  ) throws IOException {
    try (var lab = lab(documents, limit, names)) {
      return lab.run(4, state -> {});
    }
  }

  private Lab lab(List<LabelledDocument> documents, Optional<BigDecimal> limit, String... names)
    throws IOException {
    var contenders = Stream.of(names)
      .map(name ->
        Contender.of(
          PRISMA,
          ModelSettings.of("scripted", name),
          PromptSet.NEWEST,
          Map.of("scripted/" + name, PRICE)
        )
      )
      .toList();
    var kept = Files.createDirectories(folder.resolve("lab"));
    return new Lab(
      kept,
      new FilePageStore(kept),
      List.of(models),
      new NoKeys(),
      Optional.empty(),
      contenders,
      documents,
      limit,
      PATIENCE
    );
  }

  private List<LabelledDocument> documents(int count) throws IOException {
    return IntStream.rangeClosed(1, count)
      .mapToObj(number -> {
        var file = folder.resolve("%d.png".formatted(number));
        var image = new BufferedImage(100, 100 + number, BufferedImage.TYPE_INT_RGB);
        try {
          ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return new LabelledDocument(file, EXPECTED);
      })
      .toList();
  }

  /** A provider whose models know no page, and say that they took as many tokens as a test wants. */
  private static final class Scripted implements PageModelProvider {

    private static final Usage USAGE = new Usage(1_000, 100, 0, 0, Optional.empty());

    private final AtomicInteger calls = new AtomicInteger();
    private volatile Function<Integer, Usage> answers = _ -> USAGE;
    private volatile String refused = "";

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Optional<String> keyName() {
      return Optional.empty();
    }

    @Override
    public PageModel open(ModelSettings settings, ModelKeys keys) {
      return new PageModel() {
        @Override
        public Labels classify(List<PageImage> pages, Prompt prompt) {
          return new Labels(
            pages
              .stream()
              .map(page -> new Label(DocType.UNKNOWN, 1))
              .toList(),
            answered(settings)
          );
        }

        @Override
        public Answer read(PageImage page, DocTypeSchema schema) {
          return new Answer(
            Json.read("{\"text\": \"of " + page.number() + "\"}"),
            "",
            List.of(),
            answered(settings)
          );
        }

        @Override
        public Answer repair(
          PageImage page,
          DocTypeSchema schema,
          Answer first,
          List<String> problems
        ) {
          throw new AssertionError("nothing is to be repaired");
        }
      };
    }

    private Usage answered(ModelSettings settings) {
      if (settings.model().equals(refused)) {
        throw new ModelUnauthorised(settings.id(), new IOException("401"));
      }
      return answers.apply(calls.incrementAndGet());
    }
  }

  private record NoKeys() implements ModelKeys {
    @Override
    public String key(String name) {
      throw new AssertionError("no key is asked for");
    }

    @Override
    public String renewed(String name) {
      return key(name);
    }
  }
}
