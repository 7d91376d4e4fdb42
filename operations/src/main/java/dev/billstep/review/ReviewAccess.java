package dev.billstep.review;

import com.sun.net.httpserver.Headers;
import dev.billstep.people.Deed;
import java.util.Arrays;
import java.util.Optional;

/** Who may use the review page. */
interface ReviewAccess {
  /** Who asks. Whether they may is another question. */
  Visitor visitor(Headers headers);

  /**
   * Lets a request pass.
   *
   * @throws ReviewRefused where it may not
   */
  void check(ReviewRequest request, Right right) throws ReviewRefused;

  /** Keeps, of a user, what they have asked for. */
  void note(ReviewRequest request, Deed deed);

  /** What an answer tells the browser to keep, and to forget. */
  ReviewResponse settle(ReviewRequest request, ReviewResponse answer);

  /** What a browser has kept. */
  static Optional<String> cookie(Headers headers, String name) {
    var cookies = Optional.ofNullable(headers.getFirst("Cookie")).orElse("").split("; *", -1);
    return Arrays.stream(cookies)
      .filter(each -> each.startsWith(name + "="))
      .map(each -> each.substring(name.length() + 1))
      .findFirst();
  }
}
