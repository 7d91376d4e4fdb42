package dev.billstep.offline.labels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Spellings with what they mean, as a file beside the classes has them: key, weight, spellings. */
public final class Lexicon {

  private static final Pattern SPELLINGS = Pattern.compile("\\|");

  private final List<Entry> entries;

  private Lexicon(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads a file of the reader's package.
   *
   * @param name such as {@code labels.tsv}
   */
  public static Lexicon load(String name) {
    var entries = new ArrayList<Entry>();
    try (
      var in = Objects.requireNonNull(
        Lexicon.class.getResourceAsStream("/dev/billstep/offline/" + name),
        name
      )
    ) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("# ") && !line.isBlank())
        .forEach(line -> {
          var parts = line.split("\t", -1);
          double weight = Double.parseDouble(parts[1]);
          for (var spelling : SPELLINGS.split(parts[2], -1)) {
            entries.add(new Entry(parts[0], weight, spelling.strip(), Compact.text(spelling)));
          }
        });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Lexicon(List.copyOf(entries));
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The key that a whole text is a spelling of, allowing for OCR. */
  public Optional<Entry> whole(String text) {
    var compact = Compact.text(text);
    return entries
      .stream()
      .filter(entry -> entry.isLike(compact))
      .max(
        Comparator.comparingDouble((Entry entry) -> -entry.distance(compact)).thenComparingDouble(
          Entry::weight
        )
      );
  }

  /**
   * A spelling.
   *
   * @param weight how well it tells its value: 1 by itself
   * @param compact as it is compared
   */
  public record Entry(String key, double weight, String spelling, String compact) {
    /** Characters from which on one may be read wrong, and from which on two may. */
    private static final int ONE_WRONG = 7;

    private static final int TWO_WRONG = 13;

    /** Characters up to which a word may be any word's beginning. */
    private static final int SHORT = 5;

    private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}#%]+");

    public boolean isShort() {
      return compact.length() <= SHORT;
    }

    /** Of two letters at the beginning one is right: the cheap look before the dear one. */
    boolean mayBeginAt(String text, int start) {
      int end = start + compact.length() - tolerance();
      if (compact.isEmpty() || end > text.length()) {
        return false;
      }
      return tolerance() == 0
        ? text.startsWith(compact, start)
        : text.charAt(start) == compact.charAt(0) || text.charAt(start + 1) == compact.charAt(1);
    }

    int tolerance() {
      return compact.length() >= TWO_WRONG ? 2 : compact.length() >= ONE_WRONG ? 1 : 0;
    }

    boolean isLike(String text) {
      return (
        Math.abs(text.length() - compact.length()) <= tolerance() && distance(text) <= tolerance()
      );
    }

    /** Blanks are lost, or letters misread; not both: "Address" is no "Add: Cess". */
    boolean hasWordsOf(String printed) {
      return words(printed) == words(spelling);
    }

    private static long words(String text) {
      return WORD.splitAsStream(text)
        .filter(word -> !Compact.text(word).isEmpty())
        .count();
    }

    int distance(String text) {
      return Compact.distance(text, compact);
    }
  }
}
