package dev.billstep.webhook;

import dev.billstep.settings.WebhookAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far a webhook may reach, so that its address is no way into what only the sender can reach (OWASP API
 * Security Top 10, API7:2023).
 */
public enum Reach {
  /** Of functions in AWS: by TLS alone, and nothing but public addresses. */
  INTERNET,
  /** Of a stack on one machine: whatever its user reaches, without TLS no further than the machine itself. */
  MACHINE;

  /**
   * Says why an address is out of reach; empty where it is not. The name is looked up now, and Java keeps
   * what it finds for longer than the request takes to begin: it does not become another one between.
   */
  Optional<String> refusal(WebhookAddress address) {
    try {
      return refusal(address, InetAddress.getAllByName(address.host()));
    } catch (UnknownHostException e) {
      return Optional.of("There is no host %s.".formatted(address.host()));
    }
  }

  Optional<String> refusal(WebhookAddress address, InetAddress... found) {
    return switch (this) {
      case INTERNET -> {
        if (address.isPlain()) {
          yield Optional.of("The webhook must begin with https://.");
        }
        yield Arrays.stream(found).allMatch(Reach::isPublic)
          ? Optional.empty()
          : Optional.of("%s is not a public address.".formatted(address.host()));
      }
      case MACHINE -> !address.isPlain() ||
      Arrays.stream(found).allMatch(InetAddress::isLoopbackAddress)
        ? Optional.empty()
        : Optional.of("%s is not this machine: it takes https://.".formatted(address.host()));
    };
  }

  /** Whether anybody could reach it (IANA's special-purpose address registries, RFC 6890). */
  private static boolean isPublic(InetAddress address) {
    if (
      address.isAnyLocalAddress() ||
      address.isLoopbackAddress() ||
      address.isLinkLocalAddress() ||
      address.isSiteLocalAddress() ||
      address.isMulticastAddress()
    ) {
      return false;
    }
    var bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    int third = bytes[2] & 0xFF;
    boolean isShared = first == 100 && (second & 0xC0) == 64; // 100.64.0.0/10
    boolean isProtocols = first == 192 && second == 0 && third == 0;
    boolean isBenchmark = first == 198 && (second & 0xFE) == 18; // 198.18.0.0/15
    return first != 0 && first < 240 && !isShared && !isProtocols && !isBenchmark;
  }

  /** Global unicast, 2000::/3, without what carries an IPv4 address in it: 6to4 and Teredo. */
  private static boolean isPublic6(byte[] bytes) {
    int first = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    int second = ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
    boolean isTeredo = first == 0x2001 && second == 0;
    return (first & 0xE000) == 0x2000 && first != 0x2002 && !isTeredo;
  }
}
