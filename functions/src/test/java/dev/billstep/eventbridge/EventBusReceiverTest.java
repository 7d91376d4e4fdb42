package dev.billstep.eventbridge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.billstep.event.Event;
import dev.billstep.event.Receiver.Answer;
import dev.billstep.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Amazon EventBridge API reference, "PutEvents". */
class EventBusReceiverTest {

  private static final WireMockServer SERVER = new WireMockServer(
    WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1")
  );
  private static final Event EVENT = new Event(
    UUID.fromString("00000000-0000-4000-8000-000000000007"),
    "job.processed",
    Instant.parse("2026-11-25T10:00:00Z"),
    Json.read("{\"job_id\": \"j\", \"pages\": 3}")
  );

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  private static Answer tell(int status, String answer) {
    SERVER.resetAll();
    SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withBody(answer)));
    var bridge = EventBridgeClient.builder()
      .endpointOverride(URI.create(SERVER.baseUrl()))
      .region(Region.AP_SOUTH_1)
      .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
      .httpClient(UrlConnectionHttpClient.create())
      .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
      .build();
    return new EventBusReceiver(bridge, "events").tell(EVENT);
  }

  @Test
  void aRuleCanMatchAnEventByItsSourceTypeAndData() {
    assertThat(
      tell(200, "{\"FailedEntryCount\": 0, \"Entries\": [{\"EventId\": \"1\"}]}")
    ).isEqualTo(new Answer.Taken());
    var sent = SERVER.getAllServeEvents().getFirst().getRequest();
    assertThat(sent.getHeader("X-Amz-Target")).isEqualTo("AWSEvents.PutEvents");
    var entry = Json.read(sent.getBody(), JsonNode.class).at("/Entries/0");
    assertThat(entry.path("EventBusName").asText()).isEqualTo("events");
    assertThat(entry.path("Source").asText()).isEqualTo("billstep");
    assertThat(entry.path("DetailType").asText()).isEqualTo("job.processed");
    assertThat(entry.path("Time").asLong()).isEqualTo(EVENT.happenedAt().getEpochSecond());
    var detail = Json.read(entry.path("Detail").asText());
    assertThat(detail.path("id").asText()).isEqualTo(EVENT.id().toString());
    assertThat(detail.at("/data/pages").asInt()).isEqualTo(3);
  }

  /** It is answered by 200 all the same. */
  @Test
  void anEntryThatIsRefusedWasNotTaken() {
    assertThat(
      tell(
        200,
        "{\"FailedEntryCount\": 1, \"Entries\": [{\"ErrorCode\": \"ThrottlingException\", \"ErrorMessage\": \"slow down\"}]}"
      )
    ).isEqualTo(new Answer.NotTaken("EventBridge refused it: slow down (ThrottlingException)."));
  }

  @Test
  void aCallThatFailsIsAReasonAndNoFailure() {
    assertThat(tell(500, "{}")).isInstanceOf(Answer.NotTaken.class);
    assertThat(tell(400, "{\"__type\": \"AccessDeniedException\"}")).isInstanceOf(
      Answer.NotTaken.class
    );
  }
}
