package dev.billstep.review;

import com.sun.net.httpserver.Headers;
import dev.billstep.http.QueryParameters;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/**
 * What is asked of the review page, however it has come.
 *
 * @param uri path and query
 * @param body what comes with it, up to its Content-Length
 * @param address that it comes from
 * @param visitor who asks
 */
record ReviewRequest(
  String method,
  URI uri,
  Headers headers,
  InputStream body,
  String address,
  Visitor visitor
) {
  String path() {
    return uri.getPath();
  }

  AddressParameters parameters() {
    return new AddressParameters(QueryParameters.of(uri));
  }

  /** How long the body is; empty where it is not said. */
  Optional<Long> length() {
    return Optional.ofNullable(headers.getFirst("Content-Length")).map(Long::parseLong);
  }
}
