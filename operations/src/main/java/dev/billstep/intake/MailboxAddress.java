package dev.billstep.intake;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Where letters come in: {@code imaps://clerk%40firm.example@imap.firm.example/INBOX} (RFC 5092, without its password).
 *
 * @param port -1 for the usual one
 * @param isEncrypted from its first byte on; without that, it is on this machine
 */
public record MailboxAddress(
  String host,
  int port,
  boolean isEncrypted,
  String user,
  String folder
) {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * Reads it as it is typed.
   *
   * @throws IllegalArgumentException with a sentence on what is wrong with it
   */
  public static MailboxAddress of(String typed) {
    var uri = uri(typed);
    var user = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
    var host = Optional.ofNullable(uri.getHost()).orElse("");
    boolean isEncrypted = "imaps".equals(uri.getScheme());
    boolean isNear = "imap".equals(uri.getScheme()) && THIS_MACHINE.contains(host);
    if (user.isEmpty() || host.isEmpty() || !(isEncrypted || isNear)) {
      throw new IllegalArgumentException(
        "A mailbox is written as imaps://clerk@imap.firm.example/INBOX"
      );
    }
    if (user.contains(":")) {
      throw new IllegalArgumentException(
        "A password is not taken from the command line. Set it with: billstep keys set mail"
      );
    }
    var path = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("^/", "");
    return new MailboxAddress(
      host,
      uri.getPort(),
      isEncrypted,
      decoded(user),
      path.isEmpty() ? "INBOX" : decoded(path)
    );
  }

  private static URI uri(String typed) {
    try {
      return new URI(typed);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
        "\"%s\" is no address: an @ in the user's name is written as %%40".formatted(typed),
        e
      );
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** As it is typed; it has no secret in it. */
  @Override
  public String toString() {
    return "%s of %s at %s".formatted(folder, user, host);
  }
}
