package dev.billstep.supabase;

import dev.billstep.failure.PermanentFailure;

/** Supabase does not take a user's token: it is over, or was never one. */
public final class UserTokenRefused extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  UserTokenRefused(Throwable cause) {
    super("You are no longer signed in. Sign in again.", cause);
  }
}
