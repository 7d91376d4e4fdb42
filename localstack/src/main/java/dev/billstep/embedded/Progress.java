package dev.billstep.embedded;

import java.util.function.Supplier;

/** Is told of each step that takes time, while it is taken. */
public interface Progress {
  /** Takes the step, and says how long it took. */
  <T> T step(String name, Supplier<T> step);

  /** Takes a step that gives nothing. */
  default void step(String name, Runnable step) {
    step(name, () -> {
      step.run();
      return true;
    });
  }

  /** Says nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public <T> T step(String name, Supplier<T> step) {
        return step.get();
      }
    };
  }
}
