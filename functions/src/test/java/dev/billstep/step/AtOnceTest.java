package dev.billstep.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AtOnceTest {

  private static final int MIB = 1 << 20;

  @Test
  void whatComesOfThingsIsInTheOrderInWhichTheyWereAdded() {
    var isSecondDone = new CountDownLatch(1);
    try (var things = new AtOnce<String>(4L * MIB)) {
      things.add(MIB, () -> {
        await(isSecondDone);
        return "first";
      });
      things.add(MIB, () -> {
        isSecondDone.countDown();
        return "second";
      });
      assertThat(things.results()).containsExactly("first", "second");
    }
  }

  @Test
  void asManyAreUnderWayAsThereIsMemoryFor() {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    try (var things = new AtOnce<Integer>(2L * MIB)) {
      for (int thing = 0; thing < 200; thing++) {
        things.add(MIB, () -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          return underWay.decrementAndGet();
        });
      }
      assertThat(things.results()).hasSize(200);
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void whatTakesMoreThanThereIsAndWhatTakesNothingIsDoneAllTheSame() {
    try (var things = new AtOnce<String>(MIB)) {
      things.add(100L * MIB, () -> "large");
      things.add(0, () -> "nothing");
      assertThat(things.results()).containsExactly("large", "nothing");
    }
  }

  @Test
  void whatOneHasFailedOfIsThrownBeforeAnotherIsBegun() {
    var begun = new AtomicInteger();
    try (var things = new AtOnce<Integer>(MIB)) {
      things.add(MIB, () -> {
        throw new IllegalStateException("no such page");
      });
      assertThatThrownBy(() -> {
        for (int thing = 0; thing < 100; thing++) {
          things.add(MIB, begun::incrementAndGet);
        }
      })
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no such page");
      assertThat(begun).hasValueLessThan(100);
    }
  }

  @Test
  void theFirstFailureIsThrownAndMemoryIsGivenBack() {
    try (var things = new AtOnce<String>(MIB)) {
      things.add(MIB, () -> "right");
      things.add(MIB, () -> {
        throw new IllegalArgumentException("page 2");
      });
      assertThatThrownBy(things::results).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void closingWaitsForWhatIsUnderWay() {
    var isDone = new AtomicInteger();
    try (var things = new AtOnce<Integer>(MIB)) {
      things.add(MIB, isDone::incrementAndGet);
    }
    assertThat(isDone).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
