package dev.billstep.chat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;

/** A way to models that we ask for whole answers alone. */
interface WholeAnswers extends HttpClient {
  @Override
  default void execute(
    HttpRequest request,
    ServerSentEventParser parser,
    ServerSentEventListener listener
  ) {
    throw new UnsupportedOperationException("streaming");
  }
}
