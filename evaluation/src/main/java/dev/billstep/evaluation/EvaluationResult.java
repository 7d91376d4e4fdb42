package dev.billstep.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came out.
 *
 * @param entirelyRight documents without a single miss
 */
public record EvaluationResult(
  int documents,
  int entirelyRight,
  List<PageScore> pages,
  List<Miss> misses
) {
  /** Pages by the type that they are, then by the type that they were taken for. */
  public SortedMap<String, SortedMap<String, Integer>> confusion() {
    var confusion = new TreeMap<String, SortedMap<String, Integer>>();
    pages.forEach(page ->
      confusion
        .computeIfAbsent(page.wanted(), key -> new TreeMap<>())
        .merge(page.given(), 1, Integer::sum)
    );
    return confusion;
  }

  /** The share of pages that were taken for what they are. */
  public double accuracy() {
    return pages.isEmpty()
      ? 1
      : (double) pages.stream().filter(PageScore::isTaken).count() / pages.size();
  }

  /** Numbers, dates, GSTINs, totals and vehicles. */
  public Score identifying() {
    return sum(PageScore::identifying);
  }

  /** The cells of tables. */
  public Score rows() {
    return sum(PageScore::cells);
  }

  public Score all() {
    return sum(PageScore::all);
  }

  /** How far a page that asks for no review can be believed. */
  public Trust trust() {
    return Trust.of(pages);
  }

  private Score sum(Function<PageScore, Score> part) {
    return pages.stream().map(part).reduce(Score.NONE, Score::plus);
  }

  public SortedMap<String, Score> fields() {
    var fields = new TreeMap<String, Score>();
    pages.forEach(page ->
      page.fields().forEach((path, score) -> fields.merge(path, score, Score::plus))
    );
    return fields;
  }

  /** The same of each family's pages alone. */
  public SortedMap<String, EvaluationResult> families() {
    var families = new TreeMap<String, EvaluationResult>();
    pages
      .stream()
      .collect(Collectors.groupingBy(PageScore::family))
      .forEach((family, itsPages) -> families.put(family, of(itsPages)));
    return families;
  }

  private EvaluationResult of(List<PageScore> some) {
    var itsMisses = misses
      .stream()
      .filter(miss ->
        some
          .stream()
          .anyMatch(page -> page.document().equals(miss.document()) && page.number() == miss.page())
      )
      .toList();
    var names = some.stream().map(PageScore::document).distinct().toList();
    int right = (int) names
      .stream()
      .filter(name -> itsMisses.stream().noneMatch(miss -> miss.document().equals(name)))
      .count();
    return new EvaluationResult(names.size(), right, some, itsMisses);
  }

  public Map<Cause, Integer> causes() {
    var causes = new EnumMap<Cause, Integer>(Cause.class);
    misses.forEach(miss -> causes.merge(miss.cause(), 1, Integer::sum));
    return causes;
  }

  /** By the code of a finding, how many pages have it, and how many of them are right all the same. */
  public SortedMap<String, Flagged> flags() {
    var flags = new TreeMap<String, Flagged>();
    pages.forEach(page ->
      page
        .flags()
        .forEach(code -> flags.merge(code, new Flagged(1, page.isRight() ? 1 : 0), Flagged::plus))
    );
    return flags;
  }

  /**
   * Pages that one kind of finding is on.
   *
   * @param right those whose type and identifying values are right
   */
  public record Flagged(int pages, int right) {
    Flagged plus(Flagged other) {
      return new Flagged(pages + other.pages, right + other.right);
    }
  }

  /** Bins of confidence against the share that is right: what is honest is alike in both. */
  public List<Reliability> reliability() {
    return Reliability.bins(pages);
  }

  /** How far confidence and truth are apart in those bins, on average over all pages. */
  public double calibrationError() {
    return Reliability.error(pages);
  }

  /** As lines of text, for people. */
  public String table() {
    return new EvaluationTable(this).text();
  }
}
