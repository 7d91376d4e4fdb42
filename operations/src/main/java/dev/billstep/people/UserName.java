package dev.billstep.people;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a user is called, and what is kept with all that they do. */
public record UserName(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile(
    "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._@-]{0,39}"
  );

  /** By which rows say that nobody has done it. */
  private static final String NOBODY = "system";

  /**
   * A name as it was typed.
   *
   * @throws UserRefused where nobody can be called so
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public UserName {
    value = normal(value);
    if (!FORM.matcher(value).matches()) {
      throw new UserRefused(
        "A user's name has up to 40 letters, digits, spaces and . _ @ -, and begins with a letter or digit."
      );
    }
    if (value.equalsIgnoreCase(NOBODY)) {
      throw new UserRefused("\"system\" is what Billstep calls itself. Choose another name.");
    }
  }

  private static String normal(String typed) {
    return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().replaceAll("\\s+", " ");
  }

  /** What no two users have in common, whatever was typed. */
  String key() {
    return keyOf(value);
  }

  /** That of a name that may be nobody's. */
  static String keyOf(String typed) {
    return normal(typed).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
