package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where the events of jobs and pages are posted to. Whoever sends holds it against where that may be. */
public record WebhookAddress(URI uri) {
  /** The setting's key. */
  public static final String KEY = "webhook";

  /** What the setting says where nobody is to be told. */
  public static final String NONE = "none";

  private static final int LONGEST = 2_000;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads the setting; empty where nobody is to be told.
   *
   * @throws SettingInvalid where nothing could be posted there
   */
  static Optional<WebhookAddress> of(JsonNode setting) {
    if (!setting.isTextual()) {
      throw invalid("it must be text: an address, or \"%s\"".formatted(NONE));
    }
    return setting.asText().equals(NONE) ? Optional.empty() : Optional.of(of(setting.asText()));
  }

  private static WebhookAddress of(String text) {
    if (text.length() > LONGEST) {
      throw invalid("it is longer than %,d characters".formatted(LONGEST));
    }
    try {
      var uri = new URI(text);
      if (uri.getHost() == null || !isSafe(uri)) {
        throw invalid("it must begin with https://, or with http:// and this machine's localhost");
      }
      if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
        throw invalid("it must have neither a name and password nor a #");
      }
      return new WebhookAddress(uri);
    } catch (URISyntaxException e) {
      throw invalid("it is not an address: " + e.getReason());
    }
  }

  private static boolean isSafe(URI uri) {
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
      default -> false;
    };
  }

  /** Whether it is on the sender's own machine, and without TLS. */
  public boolean isPlain() {
    return uri.getScheme().equalsIgnoreCase("http");
  }

  /** For messages: what comes after the host may be a secret. */
  public String host() {
    return uri.getHost();
  }

  private static SettingInvalid invalid(String problem) {
    return new SettingInvalid(KEY, problem);
  }
}
