package dev.billstep.review;

import java.io.IOException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A request that is answered: by its method and path, whose groups say what it is about.
 *
 * @param right that it takes
 * @param isPage whether people open it, rather than the page that they have open
 */
record Route(String method, Pattern path, Right right, boolean isPage, Action action) {
  private static final String HTML = "text/html";

  /** One for operators, unless that is changed. */
  static Route of(String method, String path, Action action) {
    return new Route(method, Pattern.compile(path), Right.OPERATOR, false, action);
  }

  /** A file of the page, which who has signed in may see. */
  static Route file(String path, String name, String mediaType) {
    return file(path, mediaType, (match, request) ->
      ReviewResponse.file(mediaType, ReviewPage.text(name))
    );
  }

  private static Route file(String path, String mediaType, Action action) {
    return new Route(
      "GET",
      Pattern.compile(Pattern.quote(path)),
      Right.REVIEWER,
      mediaType.equals(HTML),
      action
    );
  }

  /**
   * A page that people open, with what differs from place to place in it.
   *
   * @param words by what stands in their place
   */
  static Route page(String path, String name, Map<String, String> words) {
    return file(path, HTML, (match, request) -> {
      var text = ReviewPage.text(name);
      for (var word : words.entrySet()) {
        text = text.replace(word.getKey(), word.getValue());
      }
      return ReviewResponse.file(HTML, text);
    });
  }

  Route forReviewers() {
    return new Route(method, path, Right.REVIEWER, isPage, action);
  }

  Route forAnybody() {
    return new Route(method, path, Right.ANYBODY, isPage, action);
  }

  /** What a request is answered with. */
  @FunctionalInterface
  interface Action {
    ReviewResponse answer(MatchResult match, ReviewRequest request)
      throws IOException, ReviewRefused;
  }
}
