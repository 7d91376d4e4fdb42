package dev.billstep.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.infra.ModelRate.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Many uploads at once, played through by the definition's own retriers: a function of which every
 * place is taken refuses with {@code Lambda.TooManyRequestsException}, as Lambda does. The table of
 * {@code docs/scaling.md} is what comes out; {@code -Dscaling.write} writes it anew.
 */
class BurstTest {

  private static final Path DOCS = Path.of("../docs/scaling.md");
  private static final String BEGIN = "<!-- played through by BurstTest -->\n";
  private static final String END = "<!-- end -->\n";

  private static final ModelRate RATE = new ModelRate(200, 12);

  @Test
  void ofAThousandUploadsAtOnceNoneEndsAsAnError() {
    var outcomes = new Burst(Flow.definition(), 1_000, 1).play();
    assertThat(outcomes.count(Outcome.PROCESSED)).isEqualTo(1_000);
  }

  /** What is still refused after hours waits, and is started again: it does not fail. */
  @Test
  void whatIsRefusedForHoursIsParked() {
    var outcomes = new Burst(Flow.definition(), 10_000, 1).play();
    assertThat(outcomes.count(Outcome.ERROR)).isZero();
  }

  @Test
  void theTableInTheDocsIsWhatTheDefinitionMakes() throws IOException {
    var docs = Files.readString(DOCS);
    int from = docs.indexOf(BEGIN) + BEGIN.length();
    int to = docs.indexOf(END);
    var table = table();
    if (System.getProperties().containsKey("scaling.write")) {
      Files.writeString(DOCS, docs.substring(0, from) + table + docs.substring(to));
    } else {
      assertThat(docs.substring(from, to)).isEqualTo(table);
    }
  }

  private static String table() {
    var head = """
    | uploads at once, 5 pages each | processed | parked | error | half of them after | all after | with every place busy all the time |
    | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    """;
    return IntStream.of(50, 100, 500, 1_000, 2_000)
      .mapToObj(uploads -> {
        var outcomes = new Burst(Flow.definition(), uploads, 1).play();
        return String.format(
          Locale.ROOT,
          "| %,d | %,d | %,d | %,d | %.0f min | %.0f min | %.0f min |%n",
          uploads,
          outcomes.count(Outcome.PROCESSED),
          outcomes.count(Outcome.PARKED),
          outcomes.count(Outcome.ERROR),
          outcomes.secondsUntil(0.5) / 60,
          outcomes.secondsUntil(1) / 60,
          Burst.ideal(uploads) / 60
        );
      })
      .collect(Collectors.joining("", head, ""));
  }

  enum Outcome {
    PROCESSED,
    PARKED,
    ERROR,
  }

  /** How jobs ended, and when: seconds after the uploads. */
  private record Outcomes(Map<Outcome, Integer> counts, List<Double> ends) {
    int count(Outcome outcome) {
      return counts.getOrDefault(outcome, 0);
    }

    double secondsUntil(double share) {
      return ends.get((int) Math.ceil(share * ends.size()) - 1);
    }
  }

  /** A state's task: how long its function takes, and how many places that has. */
  private enum Task {
    CLAIM("/States/Claim", 1, Integer.MAX_VALUE),
    SPLIT("/States/Split", 6, Integer.MAX_VALUE),
    CLASSIFY("/States/ReadBatches/ItemProcessor/States/Classify", 12, places(Share.CLASSIFYING)),
    READ(
      "/States/ReadBatches/ItemProcessor/States/ReadPages/ItemProcessor/States/Read",
      12,
      places(Share.READING)
    ),
    PERSIST("/States/Persist", 2, Integer.MAX_VALUE);

    private final String path;
    private final double seconds;
    private final int places;

    Task(String path, double seconds, int places) {
      this.path = path;
      this.seconds = seconds;
      this.places = places;
    }

    private static int places(Share share) {
      return RATE.requestsAtOnce(share).orElseThrow();
    }
  }

  /** The uploads, event by event. */
  private static final class Burst {

    private static final String THROTTLED = "Lambda.TooManyRequestsException";

    /** Of the account, beside what is reserved for those who ask the model. */
    private static final int ACCOUNT = 1_000;

    private static final int PAGES = 5;
    private static final int PAGES_OF_A_BATCH = 4;

    private final JsonNode definition;
    private final int uploads;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
      Comparator.comparingDouble(Event::at).thenComparingLong(Event::order)
    );
    private final Map<Task, Integer> busy = new EnumMap<>(Task.class);
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Map<Integer, Double> ends = new HashMap<>();
    private final Map<Task, JsonNode> retriers = new EnumMap<>(Task.class);
    private double now;
    private long order;

    Burst(JsonNode definition, int uploads, long seed) {
      this.definition = definition;
      this.uploads = uploads;
      this.random = new SplittableRandom(seed);
      for (var task : Task.values()) {
        retriers.put(task, retrier(definition.at(task.path)));
      }
    }

    /** What the places alone would take: every one busy from the first second to the last. */
    static double ideal(int uploads) {
      int batches = Math.ceilDiv(PAGES, PAGES_OF_A_BATCH);
      return Math.max(
        (uploads * batches * Task.CLASSIFY.seconds) / Task.CLASSIFY.places,
        (uploads * PAGES * Task.READ.seconds) / Task.READ.places
      );
    }

    Outcomes play() {
      for (int upload = 0; upload < uploads; upload++) {
        var document = new Document(upload);
        at(0, document::begin);
      }
      while (!events.isEmpty()) {
        var event = events.poll();
        now = event.at();
        event.what().run();
      }
      return new Outcomes(counts, ends.values().stream().sorted().toList());
    }

    private static JsonNode retrier(JsonNode state) {
      return state
        .path("Retry")
        .valueStream()
        .filter(retry -> names(retry).anyMatch(THROTTLED::equals))
        .findFirst()
        .orElseThrow();
    }

    private static Stream<String> names(JsonNode matcher) {
      return matcher.path("ErrorEquals").valueStream().map(JsonNode::asText);
    }

    private void at(double time, Runnable what) {
      events.add(new Event(time, order++, what));
    }

    private int places(Task task) {
      return Math.min(task.places, ACCOUNT - Task.CLASSIFY.places - Task.READ.places);
    }

    private void attempt(Task task, int failed, Runnable then, Runnable givenUp) {
      if (busy.merge(task, 1, Integer::sum) <= places(task)) {
        at(now + task.seconds, () -> {
          busy.merge(task, -1, Integer::sum);
          then.run();
        });
        return;
      }
      busy.merge(task, -1, Integer::sum);
      var retrier = Objects.requireNonNull(retriers.get(task));
      if (failed == retrier.path("MaxAttempts").asInt()) {
        givenUp.run();
        return;
      }
      double delay = Math.min(
        retrier.path("MaxDelaySeconds").asDouble(),
        retrier.path("IntervalSeconds").asDouble() *
          Math.pow(retrier.path("BackoffRate").asDouble(), failed)
      );
      at(now + random.nextDouble() * delay, () -> attempt(task, failed + 1, then, givenUp));
    }

    private record Event(double at, long order, Runnable what) {}

    /** One upload's execution. */
    private final class Document {

      private final int id;
      private int batchesLeft = Math.ceilDiv(PAGES, PAGES_OF_A_BATCH);

      Document(int id) {
        this.id = id;
      }

      void begin() {
        at(definition.path("TimeoutSeconds").asDouble(), () -> end(Outcome.ERROR));
        attempt(Task.CLAIM, 0, () -> attempt(Task.SPLIT, 0, this::read, this::fail), this::fail);
      }

      private void read() {
        for (int first = 0; first < PAGES; first += PAGES_OF_A_BATCH) {
          int pages = Math.min(PAGES_OF_A_BATCH, PAGES - first);
          attempt(Task.CLASSIFY, 0, () -> readPages(pages), this::caughtByTheMap);
        }
      }

      private void readPages(int pages) {
        var left = new int[] { pages };
        for (int page = 0; page < pages; page++) {
          Runnable read = () -> {
            if (--left[0] == 0 && --batchesLeft == 0) {
              attempt(Task.PERSIST, 0, () -> end(Outcome.PROCESSED), this::fail);
            }
          };
          attempt(Task.READ, 0, read, this::caughtByTheMap);
        }
      }

      private void caughtByTheMap() {
        boolean isParked = definition
          .at("/States/ReadBatches/Catch")
          .valueStream()
          .filter(each ->
            names(each).anyMatch(name -> name.equals(THROTTLED) || name.equals("States.ALL"))
          )
          .findFirst()
          .filter(each -> each.path("Next").asText().equals("Park"))
          .isPresent();
        end(isParked ? Outcome.PARKED : Outcome.ERROR);
      }

      private void fail() {
        end(Outcome.ERROR);
      }

      private void end(Outcome outcome) {
        if (ends.putIfAbsent(id, now) == null) {
          counts.merge(outcome, 1, Integer::sum);
        }
      }
    }
  }
}
