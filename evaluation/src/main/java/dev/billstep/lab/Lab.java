package dev.billstep.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.evaluation.Evaluation;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.page.PageStore;
import dev.billstep.page.UploadRejected;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.Witness;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Has several contenders read the same documents. Document by document, so that wherever it ends, what all have
 * read can be compared. What was answered is kept in a folder, and not asked for again.
 */
public final class Lab implements AutoCloseable {

  private static final String JOURNAL = "calls.jsonl";

  private final List<Contender> contenders;
  private final List<LabelledDocument> documents;
  private final Patience patience;
  private final CallJournal journal;
  private final Purse purse;
  private final LabSteps steps;
  private final Map<Answered, List<JsonNode>> rows = new ConcurrentHashMap<>();
  private final Map<String, Object> questions = new ConcurrentHashMap<>();
  private final Map<Contender, String> out = new ConcurrentHashMap<>();

  /**
   * Opens it.
   *
   * @param folder where the calls are noted; it must be there
   * @param store of the same folder, for pages and answers
   * @param witness who says what is printed on scans, for the checks of what was read from them
   * @param limitUsd of what all of these contenders may spend on all of these documents, in this run and
   *     those before it
   * @throws LabInUse where another process works in the folder
   */
  public Lab(
    Path folder,
    PageStore store,
    List<PageModelProvider> providers,
    ModelKeys keys,
    Optional<Witness> witness,
    List<Contender> contenders,
    List<LabelledDocument> documents,
    Optional<BigDecimal> limitUsd,
    Patience patience
  ) {
    this.contenders = List.copyOf(contenders);
    this.documents = List.copyOf(documents);
    this.patience = patience;
    this.journal = CallJournal.open(folder.resolve(JOURNAL));
    this.purse = new Purse(limitUsd, journal, this::isOfThis);
    var checks = new FieldChecks(InstantSource.system());
    this.steps = new LabSteps(
      store,
      providers,
      keys,
      new PrintedWords(store, witness),
      checks,
      purse
    );
  }

  private boolean isOfThis(NotedCall call) {
    return contenders
      .stream()
      .anyMatch(contender ->
        documents.stream().anyMatch(each -> call.isOf(contender.key(), each.sha256()))
      );
  }

  /**
   * Reads what is not read yet.
   *
   * @param atOnce documents that are worked on at once
   * @param watcher is told whenever one has been read
   */
  public LabResult run(int atOnce, Consumer<LabState> watcher) {
    var done = new AtomicInteger();
    var tasks = new ArrayList<Callable<Void>>();
    for (var document : documents) {
      for (var contender : contenders) {
        tasks.add(() -> {
          if (!out.containsKey(contender)) {
            read(document, contender);
          }
          watcher.accept(new LabState(done.incrementAndGet(), tasks.size(), purse.spent()));
          return null;
        });
      }
    }
    work(atOnce, tasks);
    return result();
  }

  private static void work(int atOnce, List<Callable<Void>> tasks) {
    try (var workers = Executors.newFixedThreadPool(atOnce)) {
      for (var task : workers.invokeAll(tasks)) {
        task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while documents were read", e);
    } catch (ExecutionException unforeseen) {
      throw new IllegalStateException("A document could not be read", unforeseen.getCause());
    }
  }

  /** One after the other, where files or contenders are the same: what the first is answered, the next finds. */
  private void read(LabelledDocument document, Contender contender) {
    var question = contender.key() + document.sha256();
    synchronized (questions.computeIfAbsent(question, _ -> new Object())) {
      readAlone(document, contender);
    }
  }

  private void readAlone(LabelledDocument document, Contender contender) {
    if (purse.closed().isPresent() && !steps.isSplit(document, contender)) {
      return; // It would be split for nothing.
    }
    var read = new Answered(contender, document);
    try {
      rows.put(read, Failsafe.with(retries()).get(() -> steps.rows(document, contender)));
    } catch (LimitReached kept) {
      return; // The purse says so, and the result; it goes on from here another time.
    } catch (UploadRejected noModelIsToBlame) {
      rows.put(read, List.of());
    } catch (PermanentFailure | TransientFailure failure) {
      out.putIfAbsent(contender, String.valueOf(failure.getMessage()));
    }
  }

  private RetryPolicy<List<JsonNode>> retries() {
    return RetryPolicy.<List<JsonNode>>builder()
      .handle(TransientFailure.class)
      .withMaxAttempts(patience.tries())
      .withBackoff(patience.firstWait(), patience.longestWait())
      .build();
  }

  private LabResult result() {
    var compared = documents.stream().filter(this::isReadByAll).toList();
    return new LabResult(
      documents.size(),
      compared.size(),
      contenders
        .stream()
        .map(contender -> standing(contender, compared))
        .toList(),
      Spent.of(journal.calls().stream().filter(this::isOfThis).toList()),
      purse.closed().map(Throwable::getMessage)
    );
  }

  /** By all that have read any: one that is out from the start leaves the others something to compare. */
  private boolean isReadByAll(LabelledDocument document) {
    var reading = contenders
      .stream()
      .filter(contender -> read(contender) > 0)
      .toList();
    return (
      !reading.isEmpty() &&
      reading.stream().allMatch(contender -> rows.containsKey(new Answered(contender, document)))
    );
  }

  private int read(Contender contender) {
    return (int) documents
      .stream()
      .filter(document -> rows.containsKey(new Answered(contender, document)))
      .count();
  }

  private Standing standing(Contender contender, List<LabelledDocument> compared) {
    int read = read(contender);
    var counted = read == 0 ? List.<LabelledDocument>of() : compared;
    var evaluation = new Evaluation();
    for (var document : counted) {
      evaluation.add(
        document.name(),
        document.expected(),
        rows.getOrDefault(new Answered(contender, document), List.of())
      );
    }
    var calls = journal
      .calls()
      .stream()
      .filter(call ->
        counted.stream().anyMatch(document -> call.isOf(contender.key(), document.sha256()))
      )
      .toList();
    return new Standing(
      contender.modelId(),
      contender.prompts(),
      read,
      evaluation.result(),
      Spent.of(calls),
      contender.hasPrice(),
      Optional.ofNullable(out.get(contender))
    );
  }

  @Override
  public void close() {
    journal.close();
  }

  /** A document that a contender has read. */
  private record Answered(String contender, String document) {
    Answered(Contender contender, LabelledDocument document) {
      this(contender.key(), document.path().toString());
    }
  }
}
