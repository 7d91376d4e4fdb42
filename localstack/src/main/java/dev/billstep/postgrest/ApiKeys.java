package dev.billstep.postgrest;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keys as a Supabase project has them: JWTs that name a database role, signed with a secret of this
 * run alone.
 */
public final class ApiKeys {

  private static final int SECRET_BYTES = 32;
  private static final String SERVICE_ROLE = "service_role";
  private static final String SECRET_KEY = "sb_secret_";

  private final Algorithm algorithm;
  private final String secretKey;

  private ApiKeys(String secret) {
    this.algorithm = Algorithm.HMAC256(secret);
    this.secretKey = SECRET_KEY + UUID.randomUUID();
  }

  /** Keys that are signed with a secret of at least 32 characters. */
  public static ApiKeys of(String secret) {
    return new ApiKeys(secret);
  }

  public static ApiKeys generate() {
    return of(newSecret());
  }

  /** A secret to sign keys with that nobody can guess. */
  public static String newSecret() {
    var secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    // Hex, so that a server that takes it as text can have the same.
    return HexFormat.of().formatHex(secret);
  }

  /** Sees and writes everything. */
  public String serviceRole() {
    return JWT.create().withClaim("role", SERVICE_ROLE).sign(algorithm);
  }

  /** The same in the newer kind: no JWT, and sent as {@code apikey} alone. */
  public String secretKey() {
    return secretKey;
  }

  /** A visitor who has not signed in. */
  public String anon() {
    return JWT.create().withClaim("role", Caller.ANONYMOUS).sign(algorithm);
  }

  /** A user who has signed in. */
  public String user(UUID userId) {
    return JWT.create()
      .withClaim("role", "authenticated")
      .withSubject(userId.toString())
      .sign(algorithm);
  }

  /**
   * The same as Supabase Auth says it: with the claims of its access tokens.
   *
   * @param role in Billstep, which the service key alone gives a user ({@code app_metadata})
   */
  public String user(UUID userId, String email, Optional<String> role, Instant expires) {
    return JWT.create()
      .withAudience("authenticated")
      .withClaim("role", "authenticated")
      .withSubject(userId.toString())
      .withClaim("email", email)
      .withClaim(
        "app_metadata",
        role.<Map<String, Object>>map(given -> Map.of("billstep_role", given)).orElseGet(Map::of)
      )
      .withExpiresAt(expires)
      .sign(algorithm);
  }

  /** Who a key speaks for; empty where it is not one of these keys. */
  Optional<Caller> caller(String key) {
    if (key.equals(secretKey)) {
      return Optional.of(new Caller(SERVICE_ROLE, "{\"role\": \"service_role\"}"));
    }
    try {
      var verified = JWT.require(algorithm).withClaimPresence("role").build().verify(key);
      var claims = new String(
        Base64.getUrlDecoder().decode(verified.getPayload()),
        StandardCharsets.UTF_8
      );
      return Optional.of(new Caller(verified.getClaim("role").asString(), claims));
    } catch (JWTVerificationException e) {
      return Optional.empty();
    }
  }

  /**
   * Who is asking.
   *
   * @param role of the database
   * @param claims the JWT's, as JSON
   */
  record Caller(String role, String claims) {
    static final String ANONYMOUS = "anon";

    boolean isAnonymous() {
      return role.equals(ANONYMOUS);
    }
  }
}
