package dev.billstep.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a request is answered with. */
final class ReviewResponse {

  /** Beside the policy of what a page may load. */
  static final Map<String, String> ALWAYS = Map.of(
    "X-Content-Type-Options",
    "nosniff",
    "Referrer-Policy",
    "no-referrer",
    "Cross-Origin-Resource-Policy",
    "same-origin"
  );

  private static final String NEVER_KEPT = "no-store";

  private final int status;
  private final Map<String, String> headers;
  private final List<String> cookies;
  private final byte[] body;

  private ReviewResponse(
    int status,
    Map<String, String> headers,
    List<String> cookies,
    byte[] body
  ) {
    this.status = status;
    this.headers = headers;
    this.cookies = cookies;
    this.body = body;
  }

  private ReviewResponse(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, List.of(), body);
  }

  static ReviewResponse json(int status, Object value) {
    return of(status, "application/json", NEVER_KEPT, Json.bytes(value));
  }

  static ReviewResponse file(String mediaType, String text) {
    return of(200, mediaType + "; charset=utf-8", NEVER_KEPT, text.getBytes(UTF_8));
  }

  /** An image at an address that changes whenever the image may have. */
  static ReviewResponse image(byte[] png) {
    return of(200, PageImage.MEDIA_TYPE, "private, max-age=86400, immutable", png);
  }

  static ReviewResponse problem(int status, String sentence) {
    return json(status, Map.of("message", sentence));
  }

  /** The same, and something for the browser to keep. */
  ReviewResponse withCookie(String cookie) {
    return new ReviewResponse(
      status,
      headers,
      Stream.concat(cookies.stream(), Stream.of(cookie)).toList(),
      body
    );
  }

  /** To another page. */
  static ReviewResponse elsewhere(String path) {
    return new ReviewResponse(
      303,
      Map.of("Location", path, "Cache-Control", NEVER_KEPT),
      new byte[0]
    );
  }

  /**
   * A file to keep.
   *
   * @param name what it is called, in ASCII
   * @param more headers
   */
  static ReviewResponse download(
    String name,
    String mediaType,
    Map<String, String> more,
    byte[] content
  ) {
    var headers = new HashMap<>(more);
    headers.put("Content-Type", mediaType);
    headers.put("Cache-Control", NEVER_KEPT);
    headers.put("Content-Disposition", "attachment; filename=\"%s\"".formatted(name));
    return new ReviewResponse(200, headers, content);
  }

  /**
   * What a page may load: nothing from elsewhere.
   *
   * @param images where they may come from beside this server, or nothing
   */
  static Map<String, String> policy(String images) {
    return Map.of(
      "Content-Security-Policy",
      (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src %s; connect-src 'self'; " +
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
      )
        .formatted("'self' " + images)
        .replace(" ;", ";")
    );
  }

  private static ReviewResponse of(int status, String mediaType, String cache, byte[] body) {
    return new ReviewResponse(
      status,
      Map.of("Content-Type", mediaType, "Cache-Control", cache),
      body
    );
  }

  /** Writes it as the answer to a request, with the policy of what a page may load. */
  void write(HttpExchange exchange, Map<String, String> policy) throws IOException {
    ALWAYS.forEach(exchange.getResponseHeaders()::set);
    policy.forEach(exchange.getResponseHeaders()::set);
    headers.forEach(exchange.getResponseHeaders()::set);
    cookies.forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  List<String> cookies() {
    return cookies;
  }

  byte[] body() {
    return body;
  }
}
