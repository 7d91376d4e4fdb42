package dev.billstep.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.it.OnEmbeddedStack;
import dev.billstep.lambda.FailHandler;
import dev.billstep.metrics.MetricsServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of one machine answer its programs, and no page that a browser on it shows. */
@ExtendWith(OnEmbeddedStack.class)
class OtherSitesIT {

  @TempDir
  Path folder;

  private final EmbeddedStack stack;

  OtherSitesIT(EmbeddedStack stack) {
    this.stack = stack;
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "Origin: http://example.com",
      "Origin: null",
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Site: same-site",
    }
  )
  void pagesOfOtherSitesGetNothing(String header) throws IOException {
    for (var server : servers()) {
      var answer = answer(server, server.getAuthority(), header);
      assertThat(answer).as("%s to %s", header, server).startsWith("HTTP/1.1 403");
      assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("access-control-allow-origin");
    }
  }

  @Test
  void aNameThatLeadsHereIsNotThisMachine() throws IOException {
    for (var server : servers()) {
      assertThat(answer(server, "example.com:" + server.getPort()))
        .as("example.com at %s", server)
        .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void programsAreAnswered() throws IOException {
    for (var server : servers()) {
      assertThat(answer(server, server.getAuthority()))
        .as(server.toString())
        .doesNotStartWith("HTTP/1.1 403");
    }
  }

  private List<URI> servers() {
    return List.of(
      stack.awsEndpoint().resolve("/"),
      stack.database().url().resolve("/rest/v1/JobThread")
    );
  }

  @Test
  void metricsAreForScrapersAlone() throws IOException {
    try (var metrics = MetricsServer.start(stack.supabase())) {
      var server = metrics.uri();
      assertThat(answer(server, server.getAuthority())).startsWith("HTTP/1.1 200");
      assertThat(answer(server, server.getAuthority(), "Origin: http://example.com")).startsWith(
        "HTTP/1.1 403"
      );
      assertThat(answer(server, "example.com")).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void functionsRunForThoseWhoHaveTheRunsTokenAlone() throws IOException {
    var classPath = new FunctionClassPath(Project.ofSystemProperty());
    try (var host = FunctionHostProcess.start(folder, classPath, Pace.USUAL)) {
      host.await();
      var server = host.uri().resolve("/functions/" + FailHandler.class.getName());
      var token = "Authorization: Bearer " + host.token().value();
      var environment = "Billstep-Environment: {}";
      assertThat(answer(server, server.getAuthority(), environment)).startsWith("HTTP/1.1 401");
      assertThat(
        answer(server, server.getAuthority(), environment, "Authorization: Bearer x")
      ).startsWith("HTTP/1.1 401");
      assertThat(
        answer(server, server.getAuthority(), environment, token, "Origin: http://example.com")
      ).startsWith("HTTP/1.1 403");
      assertThat(answer(server, "example.com", environment, token)).startsWith("HTTP/1.1 403");
      assertThat(answer(server, server.getAuthority(), environment, token))
        .as("the handler misses its settings")
        .startsWith("HTTP/1.1 500");
    }
  }

  @Test
  void otherUsersOfTheMachineSeeNothingOfAStack() throws IOException {
    var folder = Project.ofSystemProperty().stateFolder();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo(
      "rwx------"
    );
  }

  /** The rules themselves, which no engine is needed for. */
  @Test
  void theDoorOfTheEmulatorsIsTested() throws IOException, InterruptedException {
    var module = Project.ofSystemProperty().home().resolve("localstack");
    var tests = new ProcessBuilder(
      "python3",
      module.resolve("src/test/python/test_door.py").toString()
    ).redirectErrorStream(true);
    tests.environment().put("PYTHONPATH", module.resolve("src/main/python/door").toString());
    tests.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    var process = tests.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("Ran 6 tests");
  }

  /** As browsers send it; our own client would not let us choose these headers. */
  private static String answer(URI server, String host, String... headers) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      var request = Stream.concat(
        Stream.of("GET %s HTTP/1.1".formatted(server.getRawPath()), "Host: " + host),
        Stream.concat(Arrays.stream(headers), Stream.of("Connection: close", "", ""))
      ).toList();
      socket.getOutputStream().write(String.join("\r\n", request).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
