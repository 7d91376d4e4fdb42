package dev.billstep.webhook;

import dev.billstep.event.Event;
import dev.billstep.event.Receiver;
import dev.billstep.failure.RetryAfter;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.WebhookAddress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A server of the operator's choice, told by a signed {@code POST} (Standard Webhooks 1.0.0). Any status of
 * 200 to 299 means that it has the event. Of its answer nothing else is read.
 */
public final class WebhookReceiver implements Receiver {

  /** As the specification recommends: 15 to 30 seconds. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final int GONE = 410;

  private final HttpClient http;
  private final WebhookAddress address;
  private final Supplier<List<WebhookSecret>> secrets;
  private final Reach reach;
  private final InstantSource clock;

  /**
   * Tells nobody yet.
   *
   * @param http of {@link #client}
   * @param secrets each of which signs
   */
  public WebhookReceiver(
    HttpClient http,
    WebhookAddress address,
    Supplier<List<WebhookSecret>> secrets,
    Reach reach,
    InstantSource clock
  ) {
    this.http = http;
    this.address = address;
    this.secrets = secrets;
    this.reach = reach;
    this.clock = clock;
  }

  /** What it posts with: it follows no redirect, which would lead past what an address is held against. */
  public static HttpClient client() {
    return HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .connectTimeout(CONNECT)
      .build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Answer tell(Event event) {
    var refusal = reach.refusal(address);
    if (refusal.isPresent()) {
      return new Answer.NotTaken(refusal.get());
    }
    try {
      return answer(http.send(request(event), head -> new Unread()));
    } catch (SettingInvalid noSecret) {
      return new Answer.NotTaken(String.valueOf(noSecret.getMessage()));
    } catch (HttpTimeoutException e) {
      return new Answer.NotTaken(
        "%s did not answer within %d seconds.".formatted(address.host(), LIMIT.toSeconds())
      );
    } catch (IOException e) {
      return new Answer.NotTaken(
        "%s could not be reached: %s.".formatted(address.host(), reason(e))
      );
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.NotTaken("The attempt was interrupted.");
    }
  }

  private HttpRequest request(Event event) {
    var body = event.json();
    var attempt = clock.instant();
    var signatures = secrets
      .get()
      .stream()
      .map(secret -> secret.sign(event.id(), attempt, body))
      .collect(Collectors.joining(" "));
    return HttpRequest.newBuilder(address.uri())
      .timeout(LIMIT)
      .header("Content-Type", "application/json")
      .header("User-Agent", "Billstep")
      .header("webhook-id", event.id().toString())
      .header("webhook-timestamp", String.valueOf(attempt.getEpochSecond()))
      .header("webhook-signature", signatures)
      .POST(BodyPublishers.ofByteArray(body))
      .build();
  }

  private Answer answer(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Answer.Taken();
    }
    if (status == GONE) {
      return new Answer.NotWanted(
        "%s answered 410: it wants no more events.".formatted(address.host())
      );
    }
    var sentence =
      status / 100 == 3
        ? "%s answered %d: a redirect is not followed, so set the address that it leads to."
        : "%s answered %d.";
    return new Answer.NotTaken(
      sentence.formatted(address.host(), status),
      RetryAfter.of(response.headers().firstValue(RetryAfter.HEADER))
    );
  }

  /** Java's own exceptions often have no message. */
  private static String reason(IOException failure) {
    return failure.getMessage() == null || failure.getMessage().isBlank()
      ? failure.getClass().getSimpleName()
      : failure.getMessage();
  }
}
