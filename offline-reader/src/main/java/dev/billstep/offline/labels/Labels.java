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
import java.util.regex.Pattern;
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

  /** What is left of a plain date's weight where it stands beside another document's number. */
  private static final double OF_OTHER = 0.5;

  private static final Set<String> NUMBERS = Set.of(
    "number",
    "order_number",
    "other_number",
    "ewb_number"
  );

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
    return new Labels(
      hits
        .stream()
        .map(hit -> isDateOfOther(hit, hits) ? hit.weaker(OF_OTHER) : hit)
        .toList()
    );
  }

  /** {@code Order No. 5   Dated 7-Mar-26}: a plain date beside another document's number is its date. */
  private static boolean isDateOfOther(LabelHit hit, List<LabelHit> hits) {
    return (
      hit.key().equals("date") &&
      hit.weight() < 1 &&
      hits
        .stream()
        .filter(other -> other.box().right() <= hit.box().left())
        .filter(other -> other.box().sharedHeight(hit.box()) > 0.5 * hit.box().height())
        .filter(other -> NUMBERS.contains(other.key()))
        .max(Comparator.comparingDouble(other -> other.box().right()))
        .filter(nearest -> !nearest.key().equals("number"))
        .isPresent()
    );
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
    if (text.contains("://")) {
      return List.of(); // An address at the foot of what a browser has printed.
    }
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
      .filter(match -> !match.isShortBehindNothing(matches, text))
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
      .filter(
        match ->
          match.distance() == 0 ||
          (entry.hasWordsOf(text.substring(match.from(), match.to())) && endsWord(text, match.to()))
      )
      .filter(match -> !text.substring(match.from(), match.to()).contains(" - "))
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

    private static final Set<String> PARTIES = Set.of("seller", "buyer", "ship_to", "ship_from");

    private static final Set<String> DATES = Set.of("date", "other_date", "ack_date");

    /** {@code Date Friday 7 November}, {@code Date March 3}. */
    private static final Pattern DATE_WORD = Pattern.compile(
      "^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?\\s+\\d)",
      Pattern.CASE_INSENSITIVE
    );

    /** {@code GST-012}: letters of a number. */
    private static final Pattern REST_OF_NUMBER = Pattern.compile("[-/][A-Z\\d/-]*\\d");

    /** {@code Inv # AB1234}. */
    private static final Pattern BEGINS_WITH_NUMBER = Pattern.compile("^\\S*\\d");

    boolean isLabelIn(Phrase phrase) {
      var text = phrase.text();
      var before = text.substring(0, from).strip();
      var rest = text.substring(to).stripLeading();
      boolean isFollowed = !rest.isEmpty() && SEPARATORS.indexOf(rest.charAt(0)) >= 0;
      if (entry.isShort()) {
        return (
          !REST_OF_NUMBER.matcher(text.substring(to)).matches() &&
          (before.chars().noneMatch(Character::isLetterOrDigit) || rest.isEmpty()) &&
          (rest.isEmpty() ||
            (DATES.contains(entry.key()) && DATE_WORD.matcher(rest).find()) ||
            isFollowed ||
            Character.isDigit(rest.charAt(0)) ||
            rest.charAt(0) == '₹' ||
            (text.charAt(to - 1) == '#' && BEGINS_WITH_NUMBER.matcher(rest).find()))
        );
      }
      if (isWordOfAName(before, isFollowed)) {
        return false;
      }
      int words = before.isEmpty() ? 0 : before.split("\\s+").length;
      boolean isProse = phrase.tokens().size() >= PROSE && text.indexOf(':') < 0;
      return (
        (words <= WORDS_BEFORE && !isProse) ||
        (!rest.isEmpty() && COLONS.indexOf(rest.charAt(0)) >= 0)
      );
    }

    /** {@code Invoice No. Dated}: at its end, a short word is a label behind another one. */
    boolean isShortBehindNothing(List<Match> matches, String text) {
      return (
        entry.isShort() &&
        text.substring(0, from).chars().anyMatch(Character::isLetterOrDigit) &&
        matches
          .stream()
          .noneMatch(
            other ->
              !other.entry.isShort() &&
              other.to <= from &&
              text.substring(other.to, from).chars().noneMatch(Character::isLetterOrDigit)
          )
      );
    }

    /** {@code Malabar Spices Company}: a name, and not the heading of one. */
    private boolean isWordOfAName(String before, boolean isFollowed) {
      return (
        PARTIES.contains(entry.key()) &&
        entry.spelling().indexOf(' ') < 0 &&
        before.chars().anyMatch(Character::isLetter) &&
        !isFollowed
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

  private static boolean endsWord(String text, int end) {
    return end >= text.length() || !Character.isLetterOrDigit(text.charAt(end));
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
        if (!endsLabel(upper) && isBelow(upper, lower) && !haveTheirOwn(upper, lower, sheet)) {
          var both = upper.text() + " " + lower.text();
          LEXICON.whole(both)
            .filter(entry -> !isComplete(upper) && !isComplete(lower))
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

  /** {@code IGST 8.00} above {@code Total 164.00}: two labels with a value each. */
  private static boolean haveTheirOwn(Phrase upper, Phrase lower, Sheet sheet) {
    return hasNumberBeside(upper, sheet) && hasNumberBeside(lower, sheet);
  }

  private static boolean hasNumberBeside(Phrase phrase, Sheet sheet) {
    return sheet
      .phrases()
      .filter(other -> other.box().left() > phrase.box().right())
      .filter(other -> other.box().sharedHeight(phrase.box()) > 0.5 * phrase.box().height())
      .min(Comparator.comparingDouble(other -> other.box().left()))
      .filter(next -> next.text().chars().anyMatch(Character::isDigit))
      .isPresent();
  }

  private static boolean endsLabel(Phrase phrase) {
    return COLONS.indexOf(phrase.text().charAt(phrase.text().length() - 1)) >= 0;
  }

  /** A label of several words is one by itself. */
  private static boolean isComplete(Phrase phrase) {
    return LEXICON.whole(phrase.text())
      .filter(entry -> entry.spelling().indexOf(' ') > 0 && entry.hasWordsOf(phrase.text()))
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
