package dev.billstep.chat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stands where the network is: takes what would be sent, and gives what was answered at another time. */
final class Unsent implements WholeAnswers, HttpClientBuilder {

  private static final int OK = 200;

  @Nullable
  private final String answer;

  private String asked = "";

  /** Of which only what it is asked is wanted: it answers nothing. */
  Unsent() {
    this.answer = null;
  }

  Unsent(String answer) {
    this.answer = answer;
  }

  /** The body of what would have been sent; empty where nothing would. */
  String asked() {
    return asked;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    asked = String.valueOf(request.body());
    if (answer == null) {
      throw new UnsupportedOperationException("it is not sent");
    }
    return SuccessfulHttpResponse.builder().statusCode(OK).body(answer).build();
  }

  @Override
  public HttpClient build() {
    return this;
  }

  @Override
  public Duration connectTimeout() {
    return Duration.ZERO;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return Duration.ZERO;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }
}
