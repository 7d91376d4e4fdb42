package dev.billstep.review;

import com.fasterxml.jackson.core.JacksonException;
import com.sun.net.httpserver.HttpExchange;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What comes with a request. */
final class RequestBody {

  private static final int MAX_JSON_BYTES = 4 * 1024 * 1024;

  private RequestBody() {}

  /**
   * As JSON of a form.
   *
   * @throws ReviewRefused where it has another one
   */
  static <T> T json(HttpExchange exchange, Class<T> form) throws IOException, ReviewRefused {
    var body = bounded(exchange, MAX_JSON_BYTES).readAllBytes();
    try {
      return Json.mapper().readValue(body, form);
    } catch (JacksonException e) {
      throw new ReviewRefused(400, "The request does not say what to do in the expected form.");
    }
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
