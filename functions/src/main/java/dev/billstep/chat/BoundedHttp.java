package dev.billstep.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

/**
 * langchain4j's HTTP with an end: an answer is there, whole, within the model's time, and no larger
 * than a model's may be. Its own client's timeout ends with the headers, and it takes any body.
 */
final class BoundedHttp implements WholeAnswers {

  private final java.net.http.HttpClient http;
  private final Duration limit;
  private final int mostBytes;

  private BoundedHttp(java.net.http.HttpClient http, Duration limit, int mostBytes) {
    this.http = http;
    this.limit = limit;
    this.mostBytes = mostBytes;
  }

  /**
   * For a provider's builder.
   *
   * @param limit until the answer is there, whole
   */
  static HttpClientBuilder within(Duration limit) {
    return within(limit, AnswerSize.MOST_BYTES);
  }

  /**
   * For what has more to say than a model about a page.
   *
   * @param limit until the answer is there, whole
   * @param mostBytes of an answer
   */
  static HttpClientBuilder within(Duration limit, int mostBytes) {
    return new Builder(limit, mostBytes);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    var exchange = http.sendAsync(sent(request), info -> new Answer(mostBytes));
    try {
      return answer(exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (java.util.concurrent.TimeoutException e) {
      exchange.cancel(true);
      throw new TimeoutException("no whole answer within " + limit, e);
    } catch (ExecutionException e) {
      throw new UncheckedIOException(new IOException(e.getCause()));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted", e);
    }
  }

  private java.net.http.HttpRequest sent(HttpRequest request) {
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(limit);
    request
      .headers()
      .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    var body = request.body();
    return builder
      .method(
        request.method().name(),
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)
      )
      .build();
  }

  private static SuccessfulHttpResponse answer(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw refused(response);
    }
    return SuccessfulHttpResponse.builder()
      .statusCode(response.statusCode())
      .headers(response.headers().map())
      .body(response.body())
      .build();
  }

  private static HttpException refused(HttpResponse<String> response) {
    var refusal = new HttpException(response.statusCode(), response.body());
    response
      .headers()
      .firstValue(WaitAsked.HEADER)
      .map(WaitAsked::new)
      .ifPresent(refusal::initCause);
    return refusal;
  }

  /** Takes no more of an answer than it may have. */
  private static final class Answer implements BodySubscriber<String> {

    private final BodySubscriber<String> whole = BodySubscribers.ofString(UTF_8);
    private final AnswerSize size;
    private Subscription subscription = new NoSubscription();

    Answer(int mostBytes) {
      this.size = new AnswerSize(mostBytes);
    }

    @Override
    public CompletionStage<String> getBody() {
      return whole.getBody();
    }

    @Override
    public void onSubscribe(Subscription begun) {
      subscription = begun;
      whole.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      try {
        size.add(part.stream().mapToLong(ByteBuffer::remaining).sum());
        whole.onNext(part);
      } catch (AnswerSize.Exceeded tooLarge) {
        subscription.cancel();
        whole.onError(tooLarge);
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.onError(failure);
    }

    @Override
    public void onComplete() {
      whole.onComplete();
    }
  }

  /** Before there is one. */
  private record NoSubscription() implements Subscription {
    @Override
    public void request(long count) {
      // Nothing is sent yet.
    }

    @Override
    public void cancel() {
      // Nothing is sent yet.
    }
  }

  private static final class Builder implements HttpClientBuilder {

    private final Duration limit;
    private final int mostBytes;
    private Duration connect;
    private Duration read;

    Builder(Duration limit, int mostBytes) {
      this.limit = limit;
      this.mostBytes = mostBytes;
      this.connect = limit;
      this.read = limit;
    }

    @Override
    public Duration connectTimeout() {
      return connect;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      connect = timeout;
      return this;
    }

    @Override
    public Duration readTimeout() {
      return read;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      read = timeout;
      return this;
    }

    @Override
    public HttpClient build() {
      return new BoundedHttp(
        java.net.http.HttpClient.newBuilder().connectTimeout(connect).build(),
        limit,
        mostBytes
      );
    }
  }
}
