package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.Witness;
import dev.billstep.stack.DeployedStack;
import dev.billstep.textract.TextractWitness;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The words of pages, with their places, where the runs have left them: of a page's own text layer, or
 * as a witness has seen them on its image (see {@link PrintedWords}). Where they have left none, a witness
 * of this machine looks at the page when somebody asks: at one page at a time, and at each image once.
 */
final class PageWords {

  /** Requests that wait for their turn: more are told to come again, since most of them look at another page by then. */
  private static final int WAITING = 3;

  private static final List<String> WITNESSES = List.of("ppocr", TextractWitness.NAME);

  private final DeployedStack stack;
  private final Optional<Witness> witness;
  private final ReentrantLock turn = new ReentrantLock(true);

  PageWords(DeployedStack stack, Optional<Witness> witness) {
    this.stack = stack;
    this.witness = witness;
  }

  /**
   * The words of a row's page; none of a scan that no witness has looked at or can look at, nor where its
   * run's records are kept no longer.
   *
   * @param attempts runs that its job has had
   * @throws OperationRefused where others wait for the witness already
   * @throws dev.billstep.failure.PermanentFailure where it can't read the image; says why
   */
  List<Word> of(JsonNode doc, int attempts) {
    var image = doc.path("storage_uri").asText();
    int pages = image.lastIndexOf("/pages/");
    if (pages < 0) {
      return List.of();
    }
    return Stream.iterate(attempts, attempt -> attempt > 0, attempt -> attempt - 1)
      .map(attempt -> image.substring(0, pages) + "/attempt-%d/manifest.json".formatted(attempt))
      .flatMap(manifest -> page(URI.create(manifest), URI.create(image)).stream())
      .findFirst()
      .map(page -> of(page, image.substring(0, pages)))
      .orElse(List.of());
  }

  private List<Word> of(PageRef page, String job) {
    var layer = page
      .words()
      .map(words -> List.of(Json.read(stack.fetchPage(words), Word[].class)))
      .orElse(List.of());
    return PrintedWords.isText(layer)
      ? layer
      : seen(page, job)
          .or(() -> witness.map(asked -> asked(asked, page, job)))
          .orElse(layer);
  }

  private List<Word> asked(Witness asked, PageRef page, String job) {
    if (waiting() >= WAITING) {
      throw new OperationRefused(
        OperationRefused.Reason.NOT_NOW,
        "The words of other pages are being looked for. Ask again in some seconds."
      );
    }
    turn.lock();
    try (var s3 = stack.s3()) {
      var store = stack.pageStore(s3);
      var jobId = JobId.of(job.substring(job.lastIndexOf('/') + 1));
      return new PrintedWords(store, Optional.of(asked))
        .on(jobId, page, PageImage.load(store, page))
        .stream()
        .map(SeenWord::word)
        .toList();
    } finally {
      turn.unlock();
    }
  }

  /** Requests that wait for their turn. */
  int waiting() {
    return turn.getQueueLength();
  }

  private Optional<List<Word>> seen(PageRef page, String job) {
    return WITNESSES.stream()
      .map(name -> URI.create("%s/witness/%s-%s.json".formatted(job, name, page.sha256())))
      .flatMap(record -> fetched(record, SeenWord[].class).stream())
      .findFirst()
      .map(words -> Stream.of(words).map(SeenWord::word).toList());
  }

  /** What a run has left; empty where it has not, or it was swept away. */
  private <T> Optional<T> fetched(URI record, Class<T> form) {
    try {
      return Optional.of(Json.read(stack.fetchPage(record), form));
    } catch (BlobMissing nothing) {
      return Optional.empty();
    }
  }

  private Optional<PageRef> page(URI manifest, URI image) {
    return fetched(manifest, Manifest.class).flatMap(split ->
      split
        .pages()
        .stream()
        .filter(page -> page.image().equals(image))
        .findFirst()
    );
  }
}
