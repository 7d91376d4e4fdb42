package dev.billstep.people;

import dev.billstep.page.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a browser shows to be somebody who has signed in, or a program to be somebody's: 256 random bits,
 * as hex.
 */
public record SessionToken(String value) {
  private static final int BYTES = 32;

  static SessionToken generate() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SessionToken(HexFormat.of().formatHex(bytes));
  }

  /** What is kept of it: whoever reads that can't show it. */
  String hash() {
    return Sha256.of(value);
  }

  @Override
  public String toString() {
    return "a session's token";
  }
}
