package dev.billstep.supabase;

import dev.billstep.failure.TransientFailure;
import org.jspecify.annotations.Nullable;

/** Supabase did not answer, or answered that it can't at the moment. */
public final class SupabaseUnavailable extends TransientFailure {

  private static final long serialVersionUID = 1L;

  SupabaseUnavailable(String request, String what, @Nullable Throwable cause) {
    super("Supabase did not answer %s (%s).".formatted(request, what), cause);
  }
}
