package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.billstep.stack.StackFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

  private static final String TIME = " +\\d+\\.\\d s";

  private final StringWriter shown = new StringWriter();
  private final ConsoleProgress progress = new ConsoleProgress(new PrintWriter(shown));

  @Test
  void aStepIsNamedWhileItIsTaken() {
    progress.step("install it", () -> assertThat(shown.toString()).isEqualTo(line("install it")));
    assertThat(shown.toString()).matches("install it" + TIME + "\\R");
  }

  @Test
  void linesOfStepsThatAreTakenAtTheSameTimeAreWhole() throws InterruptedException {
    var isSlowBegun = new CountDownLatch(1);
    var isQuickOver = new CountDownLatch(1);
    var slow = Thread.ofVirtual().start(() ->
      progress.step("slow", () -> {
        isSlowBegun.countDown();
        await(isQuickOver);
      })
    );
    await(isSlowBegun);
    progress.step("quick", () -> {});
    assertThat(shown.toString()).isEqualTo(line("slow"));
    isQuickOver.countDown();
    slow.join();
    assertThat(shown.toString()).matches("slow" + TIME + "\\Rquick" + TIME + "\\R");
  }

  @Test
  void ofStepsThatGoOnOneIsNamed() throws InterruptedException {
    var isSlowBegun = new CountDownLatch(1);
    var isSeen = new CountDownLatch(1);
    var slow = new Thread[1];
    progress.step("first", () -> {
      slow[0] = Thread.ofVirtual().start(() ->
        progress.step("second", () -> {
          isSlowBegun.countDown();
          await(isSeen);
        })
      );
      await(isSlowBegun);
    });
    assertThat(shown.toString()).matches("first" + TIME + "\\Rsecond +");
    isSeen.countDown();
    slow[0].join();
  }

  @Test
  void aStepThatFailsSaysSo() {
    var failure = new StackFailure("It did not start.");
    assertThat(
      catchThrowable(() ->
        progress.step("start it", () -> {
          throw failure;
        })
      )
    ).isSameAs(failure);
    assertThat(shown.toString()).matches("start it +failed\\R");
  }

  private static String line(String name) {
    return "%-28s".formatted(name);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
