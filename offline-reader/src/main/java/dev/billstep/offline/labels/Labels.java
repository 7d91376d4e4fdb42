package dev.billstep.offline.labels;

import dev.billstep.offline.labels.Lexicon.Entry;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the labels of a page: whole words, also over two lines, and none in running text. */
public final class Labels {

  private static final Lexicon LEXICON = Lexicon.load("labels.tsv");

  /** Words that may stand before a label in its phrase; more are prose. */
  private static final int WORDS_BEFORE = 3;

  /** Words from which on a phrase without a colon is prose. */
  private static final int PROSE = 9;

  private static final String COLONS = ":：";

  private static final String SEPARATORS = COLONS + "=-–.@(#";

  /** Of the text's height: two lines of one label are that close. */
  private static final double STACKED = 0.9;

  private final List<LabelHit> hits;

  private Labels(List<LabelHit> hits) {
    this.hits = hits;
  }

  public static Labels on(Sheet sheet) {
    var stacked = stacked(sheet);
    var hits = new ArrayList<>(stacked);
    sheet
      .phrases()
      .flatMap(phrase -> in(phrase).stream())
      .filter(hit -> stacked.stream().noneMatch(two -> covers(two, hit)))
      .forEach(hits::add);
    return new Labels(List.copyOf(hits));
  }

  private static boolean covers(LabelHit two, LabelHit hit) {
    return (
      two.box().sharedHeight(hit.box()) > 0.5 * hit.box().height() &&
      two.box().sharedWidth(hit.box()) > 0.5 * hit.box().width()
    );
  }

  public Stream<LabelHit> all() {
    return hits.stream();
  }

  public Stream<LabelHit> of(String... keys) {
    var wanted = Set.of(keys);
    return hits.stream().filter(hit -> wanted.contains(hit.key()));
  }

  /** Without those that lie in a part of the page. */
  public Labels without(Predicate<LabelHit> part) {
    return new Labels(
      hits
        .stream()
        .filter(hit -> !part.test(hit))
        .toList()
    );
  }

  /** The labels of a phrase; of those that overlap, the longest. */
  static List<LabelHit> in(Phrase phrase) {
    var text = phrase.text();
    var compact = Compact.of(text);
    var matches = new ArrayList<Match>();
    for (int start = 0; start < compact.text().length(); start++) {
      if (begins(text, compact, start)) {
        for (var entry : LEXICON.entries()) {
          match(entry, compact, start, text)
            .filter(match -> match.isLabelIn(phrase))
            .ifPresent(matches::add);
        }
      }
    }
    return longest(matches)
      .stream()
      .map(match -> match.in(phrase))
      .toList();
  }

  private static Optional<Match> match(Entry entry, Compact compact, int start, String text) {
    if (!entry.mayBeginAt(compact.text(), start)) {
      return Optional.empty();
    }
    int tolerance = entry.tolerance();
    int from = start + entry.compact().length();
    return IntStream.rangeClosed(-tolerance, tolerance)
      .map(delta -> from + delta)
      .filter(end -> end > start && end <= compact.text().length() && ends(text, compact, end))
      .mapToObj(end ->
        new Match(
          entry,
          compact.at(start),
          compact.at(end - 1) + 1,
          entry.distance(compact.text().substring(start, end))
        )
      )
      .filter(match -> match.distance() <= tolerance)
      .min(Comparator.comparingInt(Match::distance));
  }

  private static List<Match> longest(List<Match> matches) {
    var kept = new ArrayList<Match>();
    matches
      .stream()
      .sorted(
        Comparator.comparingInt((Match match) -> match.from() - match.to())
          .thenComparingInt(Match::distance)
          .thenComparing(
            Comparator.comparingDouble((Match match) -> match.entry().weight()).reversed()
          )
      )
      .forEach(match -> {
        if (kept.stream().noneMatch(longer -> longer.excludes(match))) {
          kept.add(match);
        }
      });
    return kept;
  }

  /** A spelling found in a phrase. */
  private record Match(Entry entry, int from, int to, int distance) {
    /** A spelling that is read with a mistake tells its value a little less. */
    private static final double MISTAKE = 0.05;

    boolean isLabelIn(Phrase phrase) {
      var text = phrase.text();
      var before = text.substring(0, from).strip();
      var rest = text.substring(to).stripLeading();
      boolean isFollowed = !rest.isEmpty() && SEPARATORS.indexOf(rest.charAt(0)) >= 0;
      if (entry.isShort()) {
        return (
          before.isEmpty() &&
          (rest.isEmpty() ||
            isFollowed ||
            Character.isDigit(rest.charAt(0)) ||
            rest.charAt(0) == '₹')
        );
      }
      int words = before.isEmpty() ? 0 : before.split("\\s+").length;
      boolean isProse = phrase.tokens().size() >= PROSE && text.indexOf(':') < 0;
      return (
        (words <= WORDS_BEFORE && !isProse) ||
        (!rest.isEmpty() && COLONS.indexOf(rest.charAt(0)) >= 0)
      );
    }

    /** The same words may be a label of a bill and another one of an e-way bill. */
    boolean excludes(Match other) {
      boolean isSame = from == other.from && to == other.to;
      return (
        from < other.to &&
        other.from < to &&
        // "Invoice No" is one letter off "Invoice To", and is none.
        (!isSame || entry.key().equals(other.entry.key()) || distance < other.distance)
      );
    }

    LabelHit in(Phrase phrase) {
      return new LabelHit(
        entry.key(),
        entry.weight() * (1 - MISTAKE * distance),
        phrase,
        from,
        to,
        phrase.part(from, to).box()
      );
    }
  }

  private static boolean begins(String text, Compact compact, int start) {
    int at = compact.at(start);
    if (at == 0) {
      return true;
    }
    char before = text.charAt(at - 1);
    return !Character.isLetterOrDigit(before) || turns(before, text.charAt(at));
  }

  private static boolean ends(String text, Compact compact, int end) {
    int at = compact.at(end - 1) + 1;
    if (at >= text.length()) {
      return true;
    }
    char next = text.charAt(at);
    char last = text.charAt(at - 1);
    return (
      !Character.isLetterOrDigit(next) ||
      turns(last, next) ||
      (Character.isLetter(last) && Character.isDigit(next))
    );
  }

  /** Where OCR has lost a blank, small letters turn to a capital. */
  private static boolean turns(char before, char next) {
    return Character.isLowerCase(before) && Character.isUpperCase(next);
  }

  /** Labels over two lines: {@code Invoice} above {@code Date}. */
  private static List<LabelHit> stacked(Sheet sheet) {
    var hits = new ArrayList<LabelHit>();
    var phrases = sheet.phrases().filter(Labels::isWordy).toList();
    for (var upper : phrases) {
      for (var lower : phrases) {
        if (!endsLabel(upper) && isBelow(upper, lower)) {
          var both = upper.text() + " " + lower.text();
          LEXICON.whole(both)
            .filter(entry -> !isComplete(lower))
            .filter(entry -> entry.spelling().indexOf(' ') > 0)
            .ifPresent(entry ->
              hits.add(
                new LabelHit(
                  entry.key(),
                  entry.weight(),
                  lower,
                  0,
                  lower.text().length(),
                  upper.box().with(lower.box())
                )
              )
            );
        }
      }
    }
    return hits;
  }

  private static boolean endsLabel(Phrase phrase) {
    return COLONS.indexOf(phrase.text().charAt(phrase.text().length() - 1)) >= 0;
  }

  /** A label of several words is one by itself. */
  private static boolean isComplete(Phrase phrase) {
    return LEXICON.whole(phrase.text())
      .filter(entry -> entry.spelling().indexOf(' ') > 0)
      .isPresent();
  }

  private static boolean isWordy(Phrase phrase) {
    return phrase.tokens().size() <= 4 && phrase.text().chars().noneMatch(Character::isDigit);
  }

  private static boolean isBelow(Phrase upper, Phrase lower) {
    double gap = lower.box().top() - upper.box().bottom();
    double height = Math.min(upper.box().height(), lower.box().height());
    return (
      lower.box().middle() > upper.box().bottom() - 0.2 * height &&
      gap <= STACKED * height &&
      (Math.abs(upper.box().left() - lower.box().left()) <= height ||
        Math.abs(upper.box().center() - lower.box().center()) <= height)
    );
  }
}
