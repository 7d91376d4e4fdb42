package dev.billstep.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What stands behind the question mark of a request's address. */
public final class QueryParameters {

  private QueryParameters() {}

  /** By name, in their order; what has no name and no {@code =} is left out. */
  public static Map<String, String> of(URI uri) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
