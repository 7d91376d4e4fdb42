package dev.billstep.people;

/**
 * What Argon2id (RFC 9106) takes to try a password: so much, whoever has stolen a hash has to do for each
 * guess. On one lane.
 *
 * @param memoryKib at least 8
 * @param passes over that memory
 */
public record HashingWork(int memoryKib, int passes) {
  /** Twice what OWASP's Password Storage Cheat Sheet asks for: 0.15 seconds of a core. */
  public static final HashingWork USUAL = new HashingWork(47_104, 2);

  /** Nothing to speak of: for tests, of people who are not there. */
  public static final HashingWork NONE = new HashingWork(8, 1);
}
