package dev.billstep.supabase;

import dev.billstep.failure.TransientFailure;

/**
 * Supabase does not take the key, nor the one that has replaced it in the secret, if there is one.
 * Keys are rotated by hand: the next one may come a moment after the last is gone.
 */
public final class SupabaseKeyRefused extends TransientFailure {

  private static final long serialVersionUID = 1L;

  private final SupabaseRefused refusal;

  SupabaseKeyRefused(SupabaseRefused refusal) {
    super(refusal.getMessage() + ". Put the service role's key into the stack's secret.", refusal);
    this.refusal = refusal;
  }

  /** The same without advice, where it is not the service role's key. */
  SupabaseRefused refusal() {
    return refusal;
  }
}
