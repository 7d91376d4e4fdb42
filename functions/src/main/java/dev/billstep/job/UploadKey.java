package dev.billstep.job;

import java.util.Optional;
import java.util.regex.Pattern;

/** The key of an upload in the bucket: {@code uploads/{userId}/{jobId}/{file}}. */
public record UploadKey(UserId userId, JobId jobId, String fileName) {
  private static final String UUID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
  private static final Pattern KEY = Pattern.compile("uploads/" + UUID + "/" + UUID + "/([^/]+)");

  /**
   * Reads an object's key.
   *
   * @throws UploadKeyInvalid when the key does not fit the convention
   */
  public static UploadKey parse(String key) {
    return find(key).orElseThrow(() -> new UploadKeyInvalid(key));
  }

  /** What an object's key says; empty where it is not that of an upload. */
  public static Optional<UploadKey> find(String key) {
    var match = KEY.matcher(key);
    return match.matches()
      ? Optional.of(
          new UploadKey(UserId.of(match.group(1)), JobId.of(match.group(2)), match.group(3))
        )
      : Optional.empty();
  }

  @Override
  public String toString() {
    return "uploads/%s/%s/%s".formatted(userId, jobId, fileName);
  }
}
