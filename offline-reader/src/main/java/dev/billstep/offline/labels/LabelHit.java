package dev.billstep.offline.labels;

import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;

/**
 * A label on a page.
 *
 * @param key what it names
 * @param weight how well it does
 * @param phrase that it stands in; of a label over two lines the lower one's
 * @param from its first character in the phrase's text
 * @param to the character behind its last
 * @param box of its words
 */
public record LabelHit(String key, double weight, Phrase phrase, int from, int to, Box box) {
  /** What follows it in its phrase. */
  public String rest() {
    return phrase.text().substring(to);
  }

  LabelHit weaker(double factor) {
    return new LabelHit(key, factor * weight, phrase, from, to, box);
  }

  /** Whether it is all of its phrase but punctuation. */
  public boolean isAlone() {
    return from == 0 && rest().chars().noneMatch(Character::isLetterOrDigit);
  }
}
