package dev.billstep.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billstep.text.StorableText;
import java.util.Optional;
import java.util.regex.Pattern;

/** The key of an upload in the bucket: {@code uploads/{userId}/{jobId}/{file}}. */
public record UploadKey(UserId userId, JobId jobId, String fileName) {
  /** What the key of every upload begins with. */
  public static final String PREFIX = "uploads/";

  private static final Pattern KEY = Pattern.compile(
    PREFIX + "(%1$s)/(%1$s)/([^/]+)".formatted(JobId.FORM)
  );

  /** In UTF-8 (Amazon S3 user guide, "Naming Amazon S3 objects"). */
  private static final int LONGEST_KEY_BYTES = 1_024;

  /**
   * Reads an object's key.
   *
   * @throws UploadKeyInvalid when the key does not fit the convention
   */
  public static UploadKey parse(String key) {
    return find(key).orElseThrow(() -> new UploadKeyInvalid(key));
  }

  /** What an object's key says; empty where it is not that of an upload, or can be no key. */
  public static Optional<UploadKey> find(String key) {
    var match = KEY.matcher(key);
    return match.matches() && canBeKey(key)
      ? Optional.of(
          new UploadKey(UserId.of(match.group(1)), JobId.of(match.group(2)), match.group(3))
        )
      : Optional.empty();
  }

  /** What the keys of a job's uploads begin with. */
  public static String prefix(UserId userId, JobId jobId) {
    return PREFIX + "%s/%s/".formatted(userId, jobId);
  }

  private static boolean canBeKey(String key) {
    return key.getBytes(UTF_8).length <= LONGEST_KEY_BYTES && StorableText.isStorable(key);
  }

  @Override
  public String toString() {
    return prefix(userId, jobId) + fileName;
  }
}
