package dev.billstep.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Sha256;
import dev.billstep.page.Word;
import dev.billstep.reading.Witness;
import dev.billstep.stack.DeployedStack;
import dev.billstep.storage.FilePageStore;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class PageWordsTest {

  private static final JobId JOB = new JobId(
    UUID.fromString("3f2a81c0-9b7e-4d1c-8a55-0c6f3d2e1b4a")
  );
  private static final byte[] SCAN = "a scan".getBytes(StandardCharsets.UTF_8);
  private static final SeenWord SEEN = new SeenWord(new Word("Invoice", 1, 2, 30, 10), 0.98);

  @TempDir
  private Path folder;

  private FilePageStore store = new FilePageStore(Path.of("."));
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void store() {
    store = new FilePageStore(folder);
  }

  @Test
  void aScanIsLookedAtWhenItsWordsAreAskedForAndOnlyOnce() {
    var doc = page(List.of());
    var words = new PageWords(looking(new CountDownLatch(0)));
    assertThat(words.of(doc, 1)).extracting(Word::text).containsExactly("Invoice");
    assertThat(words.of(doc, 1)).extracting(Word::text).containsExactly("Invoice");
    assertThat(new PageWords(PageFiles.of(stack())).of(doc, 1))
      .as("by a server that has no OCR")
      .hasSize(1);
    assertThat(looks).hasValue(1);
  }

  @Test
  void aPageWithATextLayerIsNotLookedAt() {
    var layer = List.of(new Word("Tax invoice of ".repeat(5), 1, 2, 300, 10));
    var words = new PageWords(looking(new CountDownLatch(0)));
    assertThat(words.of(page(layer), 1)).isEqualTo(layer);
    assertThat(looks).hasValue(0);
  }

  @Test
  void aScannersStampIsNoTextLayer() {
    var stamp = List.of(new Word("CamScanner", 1, 2, 60, 10));
    var words = new PageWords(looking(new CountDownLatch(0)));
    assertThat(words.of(page(stamp), 1))
      .extracting(Word::text)
      .containsExactly("Invoice");
    assertThat(new PageWords(PageFiles.of(stack())).of(page(stamp), 1)).hasSize(1);
  }

  @Test
  void whereNoneCanLookAScanHasNoWords() {
    assertThat(new PageWords(PageFiles.of(stack())).of(page(List.of()), 1)).isEmpty();
  }

  @Test
  void whoeverComesWhileManyWaitIsToldToComeAgain() throws Exception {
    var doc = page(List.of());
    var isLooked = new CountDownLatch(1);
    var scans = new WordsOfScans(stack(), new Looking(isLooked));
    var words = new PageWords(PageFiles.of(stack()).withWords(scans));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<List<Word>>>();
      for (int reader = 0; reader < 4; reader++) {
        asked.add(threads.submit(() -> words.of(doc, 1)));
      }
      while (scans.waiting() < 3) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> words.of(doc, 1))
        .isInstanceOf(OperationRefused.class)
        .hasMessageContaining("Ask again");
      isLooked.countDown();
      for (var answer : asked) {
        assertThat(answer.get()).hasSize(1);
      }
    }
    assertThat(looks).hasValue(1);
  }

  private PageFiles looking(CountDownLatch may) {
    return PageFiles.of(stack()).withWords(new WordsOfScans(stack(), new Looking(may)));
  }

  /** A row of a page that was split with this text layer. */
  private JsonNode page(List<Word> layer) {
    var image = store.storePage(JOB, SCAN);
    var words = layer.isEmpty()
      ? Optional.<URI>empty()
      : Optional.of(store.storeRecord(JOB, "words", Json.bytes(layer)));
    var ref = new PageRef(1, Sha256.of(SCAN), image, words);
    store.storeRecord(JOB, "attempt-1/manifest", Json.bytes(new Manifest(JOB, List.of(ref))));
    return Json.mapper().createObjectNode().put("storage_uri", image.toString());
  }

  private DeployedStack stack() {
    return (DeployedStack) Proxy.newProxyInstance(
      DeployedStack.class.getClassLoader(),
      new Class<?>[] { DeployedStack.class },
      (proxy, method, arguments) ->
        switch (method.getName()) {
          case "fetchPage" -> store.fetch((URI) arguments[0]);
          case "pageStore" -> store;
          case "s3" -> Proxy.newProxyInstance(
            S3Client.class.getClassLoader(),
            new Class<?>[] { S3Client.class },
            (client, call, with) -> ""
          );
          default -> throw new UnsupportedOperationException(method.getName());
        }
    );
  }

  /** Sees one word, as soon as it may. */
  private final class Looking implements Witness {

    private final CountDownLatch may;

    private Looking(CountDownLatch may) {
      this.may = may;
    }

    @Override
    public String name() {
      return "ppocr";
    }

    @Override
    public List<SeenWord> words(PageImage page) {
      looks.incrementAndGet();
      try {
        may.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of(SEEN);
    }
  }
}
