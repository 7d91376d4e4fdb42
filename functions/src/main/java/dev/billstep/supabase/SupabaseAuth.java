package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Supabase Auth, as far as users sign in by e-mail and password ({@code supabase/auth}, openapi.yaml). */
public final class SupabaseAuth {

  private final SupabaseClient project;

  /**
   * That of a project.
   *
   * @param project asked by the key that is everybody's
   */
  public SupabaseAuth(SupabaseClient project) {
    this.project = project;
  }

  /**
   * Signs somebody in.
   *
   * @return empty where e-mail and password don't go together, or they may not sign in
   * @throws SupabaseUnavailable where it does not answer, or wants no more attempts for now
   * @throws SupabaseRefused where it refuses to be asked at all
   */
  public Optional<UserSession> signIn(String email, String password) {
    return session("password", Map.of("email", email, "password", password));
  }

  /**
   * Has a session go on.
   *
   * @return empty where it has ended
   * @throws SupabaseUnavailable as {@link #signIn}
   */
  public Optional<UserSession> goOn(String refreshToken) {
    return session("refresh_token", Map.of("refresh_token", refreshToken));
  }

  /** Ends the session that a token is of, and none of the user's others. */
  public void signOut(String accessToken) {
    try {
      project.by(accessToken).tell("auth/v1/logout?scope=local", Map.of());
    } catch (UserTokenRefused | SupabaseRefused _) {
      // It has ended by itself: that is what is wanted.
    }
  }

  private Optional<UserSession> session(String grant, Map<String, String> shown) {
    try {
      return Optional.of(session(project.tell("auth/v1/token?grant_type=" + grant, shown)));
    } catch (SupabaseRefused refused) {
      return noSession(refused);
    } catch (SupabaseKeyRefused refused) {
      return noSession(refused.refusal());
    }
  }

  /** Its own refusals say their code; the gateway before it, which knows no such key, does not. */
  private static Optional<UserSession> noSession(SupabaseRefused refused) {
    if (refused.code().isEmpty()) {
      throw refused;
    }
    return Optional.empty();
  }

  private static UserSession session(JsonNode answer) {
    return new UserSession(
      answer.path("access_token").asText(),
      Duration.ofSeconds(answer.path("expires_in").asLong()),
      answer.path("refresh_token").asText()
    );
  }
}
