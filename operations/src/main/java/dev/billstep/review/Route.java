package dev.billstep.review;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A request that is answered: by its method and path, whose groups say what it is about. */
record Route(String method, Pattern path, Action action) {
  static Route of(String method, String path, Action action) {
    return new Route(method, Pattern.compile(path), action);
  }

  /** A file of the page. */
  static Route file(String path, String name, String mediaType) {
    return of("GET", Pattern.quote(path), (match, exchange) ->
      ReviewResponse.file(mediaType, ReviewPage.text(name))
    );
  }

  /** What a request is answered with. */
  @FunctionalInterface
  interface Action {
    ReviewResponse answer(MatchResult match, HttpExchange exchange)
      throws IOException, ReviewRefused;
  }
}
