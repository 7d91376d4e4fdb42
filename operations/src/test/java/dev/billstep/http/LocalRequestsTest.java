package dev.billstep.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRequestsTest {

  @ParameterizedTest
  @ValueSource(strings = { "127.0.0.1:4566", "localhost", "[::1]:80" })
  void programsOfThisMachineAreAnswered(String host) {
    assertThat(LocalRequests.TO_LOOPBACK.problem(of("Host", host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = { "example.com", "127.0.0.1.example.com:80", "localhost.example.com", "" })
  void aHostOfAnothersChoiceIsRefused(String host) {
    assertThat(LocalRequests.TO_LOOPBACK.problem(of("Host", host))).hasValueSatisfying(why ->
      assertThat(why).contains("its address")
    );
  }

  @Test
  void containersNameThisMachineInTheirOwnWay() {
    var host = "host.docker.internal";
    assertThat(new LocalRequests(Set.of(host)).problem(of("Host", host + ":80"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://example.com",
    "Origin, null",
    "Origin, http://127.0.0.1:8080",
    "Origin, https://127.0.0.1:4566",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
  })
  void pagesOfOtherSitesAreRefused(String name, String value) {
    var request = of("Host", "127.0.0.1:4566");
    request.add(name, value);
    assertThat(LocalRequests.TO_LOOPBACK.problem(request)).hasValueSatisfying(why ->
      assertThat(why).contains("Another site")
    );
  }

  @Test
  void aPageOfTheServerItselfIsAnswered() {
    var request = of("Host", "127.0.0.1:4566");
    request.add("Origin", "http://127.0.0.1:4566");
    request.add("Sec-Fetch-Site", "same-origin");
    assertThat(LocalRequests.TO_LOOPBACK.problem(request)).isEmpty();
  }

  private static Headers of(String name, String value) {
    var headers = new Headers();
    headers.add(name, value);
    return headers;
  }
}
