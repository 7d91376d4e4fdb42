package dev.billstep.review;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.InputStream;

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
  static <T> T json(ReviewRequest request, Class<T> form) throws IOException, ReviewRefused {
    var body = bounded(request, MAX_JSON_BYTES).readAllBytes();
    try {
      if (Json.mapper().readTree(body) instanceof ObjectNode asked) {
        request
          .visitor()
          .name()
          .ifPresent(name -> asked.put(ACTOR, name));
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
  static InputStream bounded(ReviewRequest request, long most) throws ReviewRefused {
    long length = request
      .length()
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
    return request.body();
  }
}
