package dev.billstep.reading;

import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import java.util.List;
import java.util.Optional;

/**
 * The words that are printed on a job's pages: those of the text layer, where a page has one, and
 * otherwise those that a {@link Witness} sees on its image, which is asked once.
 */
public final class PrintedWords {

  /** Letters and digits that a text layer must have to be more than a stamp or a page number. */
  private static final int ENOUGH_CHARACTERS = 40;

  private final PageStore store;
  private final Optional<Witness> witness;

  /**
   * Reads words.
   *
   * @param witness none where pages without a text layer have no words
   */
  public PrintedWords(PageStore store, Optional<Witness> witness) {
    this.store = store;
    this.witness = witness;
  }

  /**
   * The words of a page; the witness is asked where they are not known yet.
   *
   * @return in reading order; empty where neither the page nor a witness has any
   */
  public List<SeenWord> on(JobId jobId, PageRef page, PageImage image) {
    return known(jobId, page, image.words()).orElseGet(() -> seen(jobId, page, image));
  }

  /** The words of a page as far as they are known: nobody is asked. */
  public List<SeenWord> known(JobId jobId, PageRef page) {
    return known(jobId, page, PageImage.words(store, page)).orElse(List.of());
  }

  private Optional<List<SeenWord>> known(JobId jobId, PageRef page, List<Word> layer) {
    if (isText(layer) || witness.isEmpty()) {
      return Optional.of(layer.stream().map(SeenWord::of).toList());
    }
    return store
      .findRecord(jobId, name(page, witness.get()))
      .map(json -> List.of(Json.read(json, SeenWord[].class)));
  }

  private List<SeenWord> seen(JobId jobId, PageRef page, PageImage image) {
    var asked = witness.orElseThrow();
    var words = asked.words(image);
    store.storeRecord(jobId, name(page, asked), Json.bytes(words));
    return words;
  }

  /** Whether a text layer is the page's, and not a stamp's or a page number's alone. */
  public static boolean isText(List<Word> layer) {
    return (
      layer
        .stream()
        .flatMapToInt(word -> word.text().chars())
        .filter(Character::isLetterOrDigit)
        .limit(ENOUGH_CHARACTERS)
        .count() == ENOUGH_CHARACTERS
    );
  }

  private static String name(PageRef page, Witness witness) {
    return "witness/%s-%s".formatted(witness.name(), page.sha256());
  }
}
