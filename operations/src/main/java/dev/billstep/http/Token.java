package dev.billstep.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** What opens a server to those who have it: 24 random bytes, as hex. */
public record Token(String value) {
  private static final int BYTES = 24;
  private static final String BEARER = "Bearer ";

  public static Token generate() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(HexFormat.of().formatHex(bytes));
  }

  /** Whether it is what was given, in the same time however much of that is right. */
  public boolean is(String given) {
    return MessageDigest.isEqual(value.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  /** What a request gives as {@code Authorization: Bearer …}. */
  public static Optional<String> givenBy(Headers request) {
    return Optional.ofNullable(request.getFirst("Authorization"))
      .filter(value -> value.startsWith(BEARER))
      .map(value -> value.substring(BEARER.length()));
  }
}
