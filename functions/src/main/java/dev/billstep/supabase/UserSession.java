package dev.billstep.supabase;

import java.time.Duration;

/**
 * Somebody is signed in to Supabase Auth.
 *
 * @param accessToken a JWT that the project's API takes
 * @param lasts how long it does
 * @param refreshToken what the next one is had for, once
 */
public record UserSession(String accessToken, Duration lasts, String refreshToken) {
  @Override
  public String toString() {
    return "session";
  }
}
