package dev.billstep.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.billstep.event.Event;
import dev.billstep.event.Receiver.Answer;
import dev.billstep.json.Json;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.WebhookAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {

  private static final WireMockServer SERVER = new WireMockServer(
    WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1")
  );
  private static final WebhookSecret SECRET = WebhookSecret.generate();
  private static final Event EVENT = new Event(
    UUID.fromString("00000000-0000-4000-8000-000000000007"),
    "doc.approved",
    Instant.parse("2026-11-25T10:00:00Z"),
    Json.read("{\"doc_id\": \"d\", \"page_number\": 1}")
  );

  private final List<WebhookSecret> secrets = new ArrayList<>(List.of(SECRET));

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @AfterEach
  void forget() {
    SERVER.resetAll();
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    SERVER.stubFor(post(anyUrl()).willReturn(answer));
  }

  private Answer tell() {
    return receiver(SERVER.baseUrl() + "/hook?key=k", Reach.MACHINE).tell(EVENT);
  }

  private WebhookReceiver receiver(String address, Reach reach) {
    return new WebhookReceiver(
      WebhookReceiver.client(),
      new WebhookAddress(URI.create(address)),
      () -> secrets,
      reach,
      InstantSource.system()
    );
  }

  private static LoggedRequest got() {
    return SERVER.getAllServeEvents().getFirst().getRequest();
  }

  @Test
  void anEventArrivesAsItsReceiverCanVerifyItByTheSchemesOwnLibrary() throws Exception {
    answers(aResponse().withStatus(204));
    assertThat(tell()).isEqualTo(new Answer.Taken());
    var got = got();
    assertThat(got.getUrl()).isEqualTo("/hook?key=k");
    assertThat(got.getHeader("content-type")).isEqualTo("application/json");
    assertThat(got.getHeader("webhook-id")).isEqualTo(EVENT.id().toString());
    assertThat(got.getBodyAsString()).isEqualTo(
      "{\"id\":\"00000000-0000-4000-8000-000000000007\",\"type\":\"doc.approved\"," +
        "\"timestamp\":\"2026-11-25T10:00:00Z\",\"data\":{\"doc_id\":\"d\",\"page_number\":1}}"
    );
    verify(SECRET, got);
    assertThatThrownBy(() -> verify(WebhookSecret.generate(), got)).isInstanceOf(
      WebhookVerificationException.class
    );
  }

  @Test
  void whileASecretIsReplacedTheOldOneVerifiesAsWellAsTheNewOne() throws Exception {
    var newer = WebhookSecret.generate();
    secrets.addFirst(newer);
    answers(aResponse().withStatus(200));
    tell();
    verify(newer, got());
    verify(SECRET, got());
  }

  private static void verify(WebhookSecret secret, LoggedRequest got) throws Exception {
    Map<String, List<String>> headers = got
      .getHeaders()
      .all()
      .stream()
      .collect(Collectors.toMap(header -> header.key(), header -> header.values()));
    new Webhook(secret.written()).verify(got.getBodyAsString(), headers);
  }

  @Test
  void anyOtherStatusThanSuccessMeansThatItWasNotTaken() {
    answers(aResponse().withStatus(500).withBody("a secret of the receiver's"));
    assertThat(tell()).isEqualTo(new Answer.NotTaken("localhost answered 500."));
  }

  @Test
  void whoAsksForAPauseIsGivenIt() {
    answers(aResponse().withStatus(429).withHeader("Retry-After", "120"));
    assertThat(tell()).isEqualTo(
      new Answer.NotTaken("localhost answered 429.", Optional.of(Duration.ofMinutes(2)))
    );
  }

  @Test
  void whoIsGoneIsNotToldAgain() {
    answers(aResponse().withStatus(410));
    assertThat(tell()).isInstanceOf(Answer.NotWanted.class);
  }

  @Test
  void aRedirectIsNotFollowed() {
    answers(
      aResponse()
        .withStatus(307)
        .withHeader("Location", SERVER.baseUrl() + "/inner")
    );
    assertThat(tell()).isEqualTo(
      new Answer.NotTaken(
        "localhost answered 307: a redirect is not followed, so set the address that it leads to."
      )
    );
    assertThat(SERVER.getAllServeEvents()).hasSize(1);
  }

  @Test
  void ofALongAnswerNothingIsRead() {
    answers(
      aResponse()
        .withStatus(200)
        .withBody(new byte[64 * 1024 * 1024])
    );
    assertThat(tell()).isEqualTo(new Answer.Taken());
  }

  @Test
  void aConnectionThatBreaksIsAReasonAndNoFailure() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThat(tell()).isInstanceOfSatisfying(Answer.NotTaken.class, answer ->
      assertThat(answer.why()).startsWith("localhost could not be reached: ")
    );
  }

  @Test
  void inAwsThisMachineIsNotEvenAsked() {
    assertThat(receiver(SERVER.baseUrl(), Reach.INTERNET).tell(EVENT)).isEqualTo(
      new Answer.NotTaken("The webhook must begin with https://.")
    );
    assertThat(
      receiver("https://127.0.0.1:%d".formatted(SERVER.port()), Reach.INTERNET).tell(EVENT)
    ).isEqualTo(new Answer.NotTaken("127.0.0.1 is not a public address."));
    assertThat(SERVER.getAllServeEvents()).isEmpty();
  }

  @Test
  void withoutASecretNothingIsSent() {
    var unsigned = new WebhookReceiver(
      WebhookReceiver.client(),
      new WebhookAddress(URI.create(SERVER.baseUrl())),
      () -> {
        throw new SettingInvalid("secret keys", "it has no \"webhook_secret\"");
      },
      Reach.MACHINE,
      InstantSource.system()
    );
    assertThat(unsigned.tell(EVENT)).isInstanceOfSatisfying(Answer.NotTaken.class, answer ->
      assertThat(answer.why()).contains("it has no \"webhook_secret\"")
    );
    assertThat(SERVER.getAllServeEvents()).isEmpty();
  }
}
