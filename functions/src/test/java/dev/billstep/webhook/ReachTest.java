package dev.billstep.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.settings.WebhookAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

  private static final WebhookAddress SAFE = address("https://receiver.example/hook");
  private static final WebhookAddress PLAIN = address("http://localhost:9000/hook");

  private static WebhookAddress address(String uri) {
    return new WebhookAddress(URI.create(uri));
  }

  /** Addresses are written out: nothing is looked up. */
  private static InetAddress at(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "192.0.0.8",
      "198.18.0.1",
      "0.0.0.0",
      "0.1.2.3",
      "224.0.0.1",
      "240.0.0.1",
      "255.255.255.255",
      "::1",
      "::",
      "::ffff:10.1.2.3",
      "fe80::1",
      "fc00::1",
      "fd00:ec2::254",
      "64:ff9b::a01:203",
      "2002:a01:203::1",
      "2001:0:a01:203::1",
      "ff02::1",
    }
  )
  void inAwsNoAddressIsReachedThatIsNotEverybodys(String inner) {
    assertThat(Reach.INTERNET.refusal(SAFE, at(inner))).contains(
      "receiver.example is not a public address."
    );
    assertThat(Reach.INTERNET.refusal(SAFE, at("93.184.216.34"), at(inner)))
      .as("one of several")
      .isPresent();
    assertThat(Reach.MACHINE.refusal(SAFE, at(inner))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "93.184.216.34", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:2800:220::1" }
  )
  void inAwsWhatIsPublicIsReached(String outer) {
    assertThat(Reach.INTERNET.refusal(SAFE, at(outer))).isEmpty();
  }

  @Test
  void withoutTlsNothingIsReachedButTheMachineItself() {
    assertThat(Reach.INTERNET.refusal(PLAIN, at("93.184.216.34"))).contains(
      "The webhook must begin with https://."
    );
    assertThat(Reach.MACHINE.refusal(PLAIN, at("127.0.0.1"))).isEmpty();
    assertThat(Reach.MACHINE.refusal(PLAIN, at("192.168.1.7"))).isPresent();
  }
}
