package dev.billstep.people;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;

/**
 * What is kept of a password: it can be tried by it, and is not known from it. Argon2id (RFC 9106), in
 * the form that carries its own parameters and salt.
 */
record PasswordHash(@JsonValue String encoded) {
  private static final int LANES = 1;
  private static final int BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** Each takes its memory: whoever asks a thousand times at once does not take all there is. */
  private static final Semaphore AT_ONCE = new Semaphore(2);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  PasswordHash {
  }

  static PasswordHash of(Password password, HashingWork work) {
    var argon2 = Argon2Function.getInstance(
      work.memoryKib(),
      work.passes(),
      LANES,
      BYTES,
      Argon2.ID
    );
    AT_ONCE.acquireUninterruptibly();
    try {
      return new PasswordHash(
        com.password4j.Password.hash(password.value())
          .addRandomSalt(SALT_BYTES)
          .with(argon2)
          .getResult()
      );
    } finally {
      AT_ONCE.release();
    }
  }

  /** Of no password: what is tried where there is no user takes as long. */
  static PasswordHash ofNobody(HashingWork work) {
    return new PasswordHash(
      "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s".formatted(
        Argon2Function.ARGON2_VERSION_13,
        work.memoryKib(),
        work.passes(),
        LANES,
        random(SALT_BYTES),
        random(BYTES)
      )
    );
  }

  private static String random(int number) {
    var bytes = new byte[number];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  boolean isOf(Password password) {
    AT_ONCE.acquireUninterruptibly();
    try {
      return com.password4j.Password.check(password.value(), encoded).with(
        Argon2Function.getInstanceFromHash(encoded)
      );
    } finally {
      AT_ONCE.release();
    }
  }

  /** It is in no log either. */
  @Override
  public String toString() {
    return "a password's hash";
  }
}
