package dev.billstep.reading;

import dev.billstep.failure.TransientFailure;
import java.time.Duration;
import java.util.Optional;

/** The model's provider takes no more calls for now. */
public final class ModelThrottled extends TransientFailure {

  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> wait;

  /**
   * Names the model.
   *
   * @param wait that the provider asks for, where it does
   */
  public ModelThrottled(String modelId, Optional<Duration> wait, Throwable cause) {
    super(
      "The model %s accepts no more calls for now%s.".formatted(
        modelId,
        wait.map(time -> "; its provider asks to wait %s".formatted(inWords(time))).orElse("")
      ),
      cause
    );
    this.wait = wait;
  }

  /** That the provider asks for, where it does. */
  public Optional<Duration> waitAskedFor() {
    return wait;
  }

  private static String inWords(Duration time) {
    long seconds = Math.max(1, time.plusMillis(999).toSeconds());
    return seconds == 1 ? "1 second" : "%,d seconds".formatted(seconds);
  }
}
