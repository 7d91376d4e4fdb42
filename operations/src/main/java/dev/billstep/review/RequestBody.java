package dev.billstep.review;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What comes with a request. */
final class RequestBody {

  private static final int MAX_JSON_BYTES = 4 * 1024 * 1024;

  /** In every form that says who acts. */
  private static final String ACTOR = "actor";

  private RequestBody() {}

  /**
   * As JSON of a form. Who acts is who has signed in, whatever the request says.
   *
   * @throws ReviewRefused where it has another one
   */
  static <T> T json(HttpExchange exchange, Class<T> form) throws IOException, ReviewRefused {
    var body = bounded(exchange, MAX_JSON_BYTES).readAllBytes();
    try {
      if (Json.mapper().readTree(body) instanceof ObjectNode asked) {
        ReviewAccess.user(exchange).ifPresent(user -> asked.put(ACTOR, user.name().value()));
        return Json.mapper().treeToValue(asked, form);
      }
      throw notInForm();
    } catch (JacksonException e) {
      throw notInForm();
    }
  }

  private static ReviewRefused notInForm() {
    return new ReviewRefused(400, "The request does not say what to do in the expected form.");
  }

  /** What is longer is refused by its own word, before it is read. */
  static InputStream bounded(HttpExchange exchange, long most) throws ReviewRefused {
    var length = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
      .map(Long::parseLong)
      .orElseThrow(() -> new ReviewRefused(411, "The request has no Content-Length."));
    if (length > most) {
      throw new ReviewRefused(
        413,
        "The file has %,d bytes; at most %,d are accepted (setting split.limits).".formatted(
          length,
          most
        )
      );
    }
    return exchange.getRequestBody();
  }
}
