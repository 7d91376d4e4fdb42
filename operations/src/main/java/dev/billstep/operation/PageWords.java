package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageRef;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedWords;
import dev.billstep.textract.TextractWitness;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words of pages, with their places, where the runs have left them: of a page's own text layer, or
 * as a witness has seen them on its image (see {@link PrintedWords}). Where they have left none of a scan,
 * {@link WordsOfScans} looks for them.
 */
final class PageWords {

  private static final List<String> WITNESSES = List.of("ppocr", TextractWitness.NAME);

  private final PageFiles files;

  PageWords(PageFiles files) {
    this.files = files;
  }

  /**
   * The words of a row's page; none of a scan that no witness has looked at or can look at, nor where its
   * run's records are kept no longer.
   *
   * @param attempts runs that its job has had
   * @throws OperationRefused where others wait for the witness
   * @throws dev.billstep.failure.PermanentFailure where it can't read the image; says why
   */
  List<Word> of(JsonNode doc, int attempts) {
    return files
      .imagePlace(doc)
      .map(image -> of(image, attempts))
      .orElse(List.of());
  }

  private List<Word> of(URI image, int attempts) {
    var place = image.toString();
    int pages = place.lastIndexOf("/pages/");
    if (pages < 0) {
      return List.of();
    }
    var job = place.substring(0, pages);
    return Stream.iterate(attempts, attempt -> attempt > 0, attempt -> attempt - 1)
      .map(attempt -> URI.create("%s/attempt-%d/manifest.json".formatted(job, attempt)))
      .flatMap(manifest -> page(manifest, image).stream())
      .findFirst()
      .map(page -> of(page, job))
      .orElse(List.of());
  }

  private List<Word> of(PageRef page, String job) {
    var layer = page
      .words()
      .map(words -> List.of(Json.read(files.fetch(words), Word[].class)))
      .orElse(List.of());
    return PrintedWords.isText(layer)
      ? layer
      : seen(page, job)
          .or(() -> files.scans().map(scans -> scans.of(jobId(job), page)))
          .orElse(layer);
  }

  private static JobId jobId(String job) {
    return JobId.of(job.substring(job.lastIndexOf('/') + 1));
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
      return Optional.of(Json.read(files.fetch(record), form));
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
