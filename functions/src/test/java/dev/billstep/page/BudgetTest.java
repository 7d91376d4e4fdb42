package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final SplitLimits LIMITS = new SplitLimits(1_000_000, 5, 4_000_000, 100, 5);

  private long now;
  private final Budget budget = new Budget(
    new Budget.Shares(Duration.ofSeconds(20), Duration.ofSeconds(100), 1000, 3, 1),
    () -> now
  );

  @Test
  void aPageHasItsTime() {
    budget.startPage(2);
    pass(Duration.ofSeconds(19));
    assertThatCode(() -> budget.spend(1)).doesNotThrowAnyException();
    pass(Duration.ofSeconds(2));
    assertThatThrownBy(() -> budget.spend(1))
      .isInstanceOf(PageUndrawable.TooMuchWork.class)
      .hasMessageStartingWith("Page 2 takes too long");
  }

  @Test
  void aPageHasItsSteps() {
    budget.spend(1000);
    assertThatThrownBy(() -> budget.spend(1)).isInstanceOf(PageUndrawable.TooMuchWork.class);
    budget.startPage(2);
    assertThatCode(() -> budget.spend(1000)).doesNotThrowAnyException();
  }

  @Test
  void aDocumentOfSuchPagesIsGivenUp() {
    assertThatThrownBy(() -> budget.spend(1001)).isInstanceOf(PageUndrawable.class);
    budget.startPage(2);
    assertThatThrownBy(() -> budget.spend(1001)).isInstanceOf(UploadRejected.TooMuchWork.class);
  }

  @Test
  void aDocumentHasItsTime() {
    for (int page = 1; page <= 5; page++) {
      budget.startPage(page);
      budget.spend(1);
      pass(Duration.ofSeconds(19));
    }
    budget.startPage(6);
    pass(Duration.ofSeconds(6));
    assertThatThrownBy(() -> budget.spend(1)).isInstanceOf(UploadRejected.TooMuchWork.class);
  }

  @Test
  void onlySoMuchIsDrawnInsideOfEachOther() {
    for (int depth = 1; depth <= 3; depth++) {
      assertThat(budget.enter()).isTrue();
    }
    assertThat(budget.enter()).isFalse();
    budget.leave();
    assertThat(budget.enter()).isTrue();
  }

  @Test
  void aDecoderThatHangsIsLeftBehindAndItsPagesAreNotTaken() {
    var hangs = new CountDownLatch(1);
    var taken = new ArrayList<SplitPage>();
    var isInterrupted = new CountDownLatch(1);
    var watched = new WatchedSplitter(
      (file, limits, spent, sink) -> {
        try {
          hangs.await();
        } catch (InterruptedException e) {
          isInterrupted.countDown();
        }
      },
      () ->
        new Budget(
          new Budget.Shares(Duration.ofMillis(1), Duration.ofMillis(1), 1, 1, 1),
          System::nanoTime
        ),
      Duration.ZERO
    );
    assertThatThrownBy(() -> watched.split(Path.of("x"), LIMITS, taken::add)).isInstanceOf(
      UploadRejected.TooMuchWork.class
    );
    assertThatCode(isInterrupted::await).doesNotThrowAnyException();
    assertThat(taken).isEmpty();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
