package dev.billstep.review;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.people.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An access token of Supabase Auth, and what it says (RFC 7519). Whether it is one the database finds out:
 * nothing that is kept is shown or changed but by asking it with this token.
 *
 * @param user whose it is
 * @param role in Billstep, where they have one ({@code app_metadata}, which the service key alone writes)
 */
record UserToken(String value, String user, String email, Optional<Role> role, Instant expires) {
  /** The token; empty for what has not the form of one. */
  static Optional<UserToken> of(String value) {
    var parts = value.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return of(value, Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[1])));
    } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<UserToken> of(String value, JsonNode claims) {
    var user = claims.path("sub").asText("");
    if (user.isEmpty() || !claims.path("exp").isIntegralNumber()) {
      return Optional.empty();
    }
    var email = claims.path("email").asText("");
    return Optional.of(
      new UserToken(
        value,
        user,
        email.isEmpty() ? user : email,
        role(claims.at("/app_metadata/billstep_role").asText("")),
        Instant.ofEpochSecond(claims.path("exp").asLong())
      )
    );
  }

  private static Optional<Role> role(String said) {
    return Stream.of(Role.values())
      .filter(role -> role.toString().equals(said.toLowerCase(Locale.ROOT)))
      .findFirst();
  }

  @Override
  public String toString() {
    return "token of " + user;
  }
}
