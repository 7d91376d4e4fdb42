package dev.billstep.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * What a function URL answers, in the payload format 2.0 (AWS Lambda developer guide, "Invoking Lambda function
 * URLs").
 *
 * @param body in base64
 */
public record FunctionUrlResponse(
  int statusCode,
  Map<String, String> headers,
  List<String> cookies,
  String body,
  @JsonProperty("isBase64Encoded") boolean isBase64Encoded
) {
  /** A function's answer has 6 MB (AWS Lambda developer guide, "Lambda quotas"), its own words included. */
  private static final int MOST_ENCODED = 6 * 1024 * 1024 - 32 * 1024;

  /** What of it an image may have before it is encoded. */
  static final int MOST_BYTES = (MOST_ENCODED / 4) * 3;

  /** Below that it is not worth it. */
  private static final int SMALL = 16 * 1024;

  /**
   * An answer, made small where the browser takes it so and it is no image.
   *
   * @param policy of what a page may load
   * @param accepted by which encodings the browser takes it
   */
  static FunctionUrlResponse of(
    ReviewResponse answer,
    Map<String, String> policy,
    Optional<String> accepted
  ) {
    var headers = new HashMap<>(ReviewResponse.ALWAYS);
    headers.putAll(policy);
    headers.putAll(answer.headers());
    var body = answer.body();
    boolean isText = !headers.getOrDefault("Content-Type", "").startsWith("image/png");
    if (isText && body.length > SMALL && accepted.filter(all -> all.contains("gzip")).isPresent()) {
      headers.put("Content-Encoding", "gzip");
      body = zipped(body);
    }
    if (body.length > MOST_BYTES) {
      return of(
        ReviewResponse.problem(
          413,
          "That is more than can be sent at once. Choose fewer jobs, or a shorter time."
        ),
        policy,
        Optional.empty()
      );
    }
    return new FunctionUrlResponse(
      answer.status(),
      headers,
      answer.cookies(),
      Base64.getEncoder().encodeToString(body),
      true
    );
  }

  private static byte[] zipped(byte[] body) {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
