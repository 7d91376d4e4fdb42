package dev.billstep.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.ClaimLost;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.ModelCall;
import dev.billstep.watch.SweepRounds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;

class EmfMetricsTest {

  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");

  private static EmfMetrics metrics;

  @BeforeAll
  static void asInALambda() {
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    metrics = new EmfMetrics();
  }

  @Test
  void aCallIsCountedWithItsTokensAndItsCostOnceItIsNoted() {
    var noted = new ArrayList<ModelCall>();
    var lines = printed(() ->
      metrics.counting((job, calls) -> noted.addAll(calls)).record(JOB, List.of(call()))
    );
    assertThat(noted).hasSize(1);
    assertThat(lines).hasSize(1);
    var line = lines.getFirst();
    assertThat(line.path("model").asText()).isEqualTo("test/one");
    assertThat(line.path("outcome").asText()).isEqualTo("ok");
    assertThat(line.path("ModelCalls").asInt()).isEqualTo(1);
    assertThat(line.path("InputTokens").asInt()).isEqualTo(1200);
    assertThat(line.path("CostUsd").asDouble()).isEqualTo(0.0042);
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Billstep");
  }

  @Test
  void nothingOfAJobOrAUserIsInALine() {
    var lines = printed(() -> metrics.counting((job, calls) -> {}).record(JOB, List.of(call())));
    assertThat(lines.toString()).doesNotContain(JOB.toString(), "req-secret");
  }

  @Test
  void whatCouldNotBeNotedIsNotCounted() {
    CallLedger lost = (job, calls) -> {
      throw new ClaimLost(JOB, "token");
    };
    var lines = printed(() ->
      assertThatThrownBy(() -> metrics.counting(lost).record(JOB, List.of(call()))).isInstanceOf(
        ClaimLost.class
      )
    );
    assertThat(lines).isEmpty();
  }

  @Test
  void theAgeOfASweepsRoundIsMeasuredWheneverACallGoesOnWithIt() {
    var rounds = metrics.timing(heldFor(Duration.ofHours(25)));
    var lines = printed(() -> rounds.hold("blobs", Duration.ofMinutes(15), Duration.ZERO));
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().path("SweepRoundAge").asInt()).isEqualTo(90_000);
    assertThat(lines.getFirst().at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo(
      "[[\"sweep\"]]"
    );
  }

  private static SweepRounds heldFor(Duration age) {
    return new SweepRounds() {
      @Override
      public Optional<Held> hold(String sweep, Duration atMost, Duration rest) {
        return Optional.of(new Held(sweep, "token", Optional.empty(), age));
      }

      @Override
      public void move(Held held, Place place) {}

      @Override
      public void leave(Held held, boolean isFinished) {}
    };
  }

  private static ModelCall call() {
    return new ModelCall(
      UUID.randomUUID(),
      1,
      "read",
      List.of(1),
      "test/one",
      "1",
      "ok",
      Optional.of("req-secret"),
      1200,
      80,
      new BigDecimal("0.0042"),
      350,
      Optional.empty()
    );
  }

  private static List<JsonNode> printed(Runnable work) {
    var usual = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(usual);
    }
    return bytes
      .toString(StandardCharsets.UTF_8)
      .lines()
      .filter(line -> line.startsWith("{"))
      .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class))
      .toList();
  }
}
