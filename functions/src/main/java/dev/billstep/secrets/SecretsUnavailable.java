package dev.billstep.secrets;

import dev.billstep.failure.TransientFailure;

/** Secrets Manager did not give a secret. */
public final class SecretsUnavailable extends TransientFailure {

  private static final long serialVersionUID = 1L;

  public SecretsUnavailable(String secretId, Throwable cause) {
    super(
      "Secrets Manager did not give the secret %s (%s).".formatted(secretId, cause.getMessage()),
      cause
    );
  }
}
