package dev.billstep.webhook;

import dev.billstep.settings.SettingInvalid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver and this stack know alone, and sign with (Standard Webhooks 1.0.0, "Signature scheme"):
 * 24 to 64 bytes, written as {@code whsec_} and Base64.
 */
public final class WebhookSecret {

  /** Its name among the keys of the stack's secret. */
  public static final String KEY = "webhook_secret";

  /** The name of the one before it, which signs as well as long as it is there. */
  public static final String KEY_BEFORE = "webhook_secret_before";

  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final int NEW_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;

  private WebhookSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads one as it is written.
   *
   * @throws SettingInvalid where it is none; what was given is not repeated
   */
  public static WebhookSecret of(String written) {
    if (!written.startsWith(PREFIX)) {
      throw invalid();
    }
    try {
      var bytes = Base64.getDecoder().decode(written.substring(PREFIX.length()));
      if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
        throw invalid();
      }
      return new WebhookSecret(bytes);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static SettingInvalid invalid() {
    return new SettingInvalid(
      KEY,
      "it must be %s and %d to %d bytes in Base64".formatted(PREFIX, LEAST_BYTES, MOST_BYTES)
    );
  }

  /** One that nobody has. */
  public static WebhookSecret generate() {
    var bytes = new byte[NEW_BYTES];
    RANDOM.nextBytes(bytes);
    return new WebhookSecret(bytes);
  }

  /** As it is handed to the receiver. */
  public String written() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** Signs a message, as {@code v1,} and Base64. */
  String sign(UUID id, Instant attempt, byte[] body) {
    return sign(id.toString(), attempt, body);
  }

  String sign(String id, Instant attempt, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      mac.update("%s.%d.".formatted(id, attempt.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has %s.".formatted(ALGORITHM), e);
    }
  }

  /** Not what it is: it may come into a log. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
