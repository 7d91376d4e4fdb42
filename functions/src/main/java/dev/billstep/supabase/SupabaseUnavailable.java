package dev.billstep.supabase;

import dev.billstep.failure.TransientFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Supabase did not answer, or answered that it can't at the moment. */
public final class SupabaseUnavailable extends TransientFailure {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  private SupabaseUnavailable(
    String request,
    String what,
    @Nullable Duration retryAfter,
    @Nullable Throwable cause
  ) {
    super("Supabase did not respond to %s (%s).".formatted(request, what), cause);
    this.retryAfter = retryAfter;
  }

  /** There was no answer, or none that can be read. */
  static SupabaseUnavailable noAnswer(String request, String what, @Nullable Throwable cause) {
    return new SupabaseUnavailable(request, what, null, cause);
  }

  /** The answer was: not now. */
  static SupabaseUnavailable notNow(String request, int status, Optional<Duration> retryAfter) {
    return new SupabaseUnavailable(request, "HTTP " + status, retryAfter.orElse(null), null);
  }

  /** When to ask again, where it says so. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
