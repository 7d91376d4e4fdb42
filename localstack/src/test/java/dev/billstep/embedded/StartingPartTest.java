package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.billstep.stack.StackFailure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StartingPartTest {

  private final AtomicBoolean isStopped = new AtomicBoolean();

  private void stop() {
    isStopped.set(true);
  }

  @Test
  void whatIsStoppedWhileItStartsIsStoppedOnceItHas() throws Exception {
    var isAsked = new CountDownLatch(1);
    var starting = StartingPart.<AutoCloseable>start(() -> {
      awaitUninterruptibly(isAsked);
      return this::stop;
    });
    var stop = Thread.ofVirtual().start(starting::close);
    assertThat(isStopped).isFalse();
    isAsked.countDown();
    stop.join();
    assertThat(isStopped).isTrue();
  }

  @Test
  void whatKeptItFromStartingIsToldToWhoeverWaitsForIt() {
    var failure = new StackFailure("It did not start.");
    var starting = StartingPart.<AutoCloseable>start(() -> {
      throw failure;
    });
    assertThat(catchThrowable(starting::started)).isSameAs(failure);
    starting.close();
    assertThat(isStopped).isFalse();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
