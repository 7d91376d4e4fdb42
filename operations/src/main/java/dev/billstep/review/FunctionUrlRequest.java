package dev.billstep.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a function URL, in the payload format 2.0, which an HTTP API of API Gateway has as well (AWS
 * Lambda developer guide, "Invoking Lambda function URLs").
 *
 * @param rawPath beginning with a slash
 * @param headers by their names in lower case; of several the values are joined by commas
 * @param cookies each as {@code name=value}
 */
public record FunctionUrlRequest(
  String rawPath,
  Optional<String> rawQueryString,
  Map<String, String> headers,
  Optional<List<String>> cookies,
  RequestContext requestContext,
  Optional<String> body,
  @JsonProperty("isBase64Encoded") boolean isBase64Encoded
) {
  /** Who asks, and how. */
  public record RequestContext(Http http) {}

  /** What is asked of which path, from which address. */
  public record Http(String method, String sourceIp) {}

  /**
   * As the review page takes it.
   *
   * @throws ReviewRefused where it has no address that can be understood
   */
  ReviewRequest asked(Visitor visitor) throws ReviewRefused {
    var content = content();
    var all = allHeaders();
    // Its own word for it would be that of the encoded one.
    all.set("Content-Length", String.valueOf(content.length));
    return new ReviewRequest(
      requestContext.http().method(),
      uri(),
      all,
      new ByteArrayInputStream(content),
      requestContext.http().sourceIp(),
      visitor
    );
  }

  Headers allHeaders() {
    var all = new Headers();
    headers.forEach(all::set);
    cookies.ifPresent(kept -> all.set("Cookie", String.join("; ", kept)));
    return all;
  }

  /** With a host that stands for this one: a path may begin with two slashes, and would name another. */
  private URI uri() throws ReviewRefused {
    var query = rawQueryString.filter(text -> !text.isEmpty()).map(text -> "?" + text);
    try {
      return URI.create("https://review" + rawPath + query.orElse(""));
    } catch (IllegalArgumentException e) {
      throw new ReviewRefused(400, "The address can't be understood.");
    }
  }

  private byte[] content() throws ReviewRefused {
    var text = body.orElse("");
    try {
      return isBase64Encoded
        ? Base64.getDecoder().decode(text)
        : text.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ReviewRefused(400, "What came with the request can't be understood.");
    }
  }
}
