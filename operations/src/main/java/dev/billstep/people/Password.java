package dev.billstep.people;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.text.Normalizer;
import java.util.List;

/**
 * What a user proves with who they are. The rules are those of NIST SP 800-63B-4, section 3.1.1.2, for
 * a password that nothing else is asked beside: length, no classes of characters, nothing that is
 * easily guessed, no expiry.
 */
public record Password(String value) {
  /** Fewer are not enough. */
  public static final int SHORTEST = 15;

  /** More are not taken: work is done for each before anybody has proved who they are. */
  public static final int LONGEST = 256;

  /** Its work grows faster than what it looks at. */
  private static final int ESTIMATED = 100;

  /** Of 0 to 4: ten thousand million guesses are not enough. */
  private static final int HARD_TO_GUESS = 3;

  private static final Zxcvbn ESTIMATE = new Zxcvbn();

  /** As it was typed, on whatever keyboard. */
  public Password {
    value = Normalizer.normalize(value, Normalizer.Form.NFKC);
  }

  /** Whether anybody can have it: what is longer is not worth the work of looking. */
  boolean isOfALength() {
    return value.length() <= LONGEST;
  }

  /**
   * Holds one that a user wants to have from now on against the rules.
   *
   * @throws UserRefused where it is too short, too long, or easily guessed
   */
  void checkFor(UserName name) {
    if (value.codePointCount(0, value.length()) < SHORTEST) {
      throw new UserRefused(
        "A password needs at least %d characters. A few words in a row are easy to remember.".formatted(
          SHORTEST
        )
      );
    }
    if (!isOfALength()) {
      throw new UserRefused("A password has at most %d characters.".formatted(LONGEST));
    }
    var looked = value.substring(0, Math.min(value.length(), ESTIMATED));
    if (ESTIMATE.measure(looked, List.of(name.value(), "billstep")).getScore() < HARD_TO_GUESS) {
      throw new UserRefused(
        "That password is easily guessed. Take a few words that have nothing to do with each other, with you or with Billstep."
      );
    }
  }

  /** It is in no log. */
  @Override
  public String toString() {
    return "a password";
  }
}
