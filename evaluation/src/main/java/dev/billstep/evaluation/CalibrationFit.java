package dev.billstep.evaluation;

import dev.billstep.doc.Calibration;
import dev.billstep.doc.Calibration.Start;
import dev.billstep.doc.Evidence;
import dev.billstep.doctype.DocType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Fits a {@link Calibration} to pages whose truth is known: logistic regression whose signs are given, by
 * Newton's steps along one weight after the other (coordinate descent), which a bound only cuts short.
 * The same pages give the same weights, in whatever order they come.
 */
public final class CalibrationFit {

  private static final int MOST_ROUNDS = 400;
  private static final double STILL = 1e-6;

  /** How strongly weights are drawn to where they begin: as strongly as by so many pages. */
  private static final double HELD = 0.5;

  /**
   * What a finding takes of which nothing is known, in log-odds. Findings come together, and the worst of
   * them would speak for all, were they drawn to what they say as a whole.
   */
  private static final double OTHER_FINDING = -0.7;

  private static final double ROUNDED = 1e4;

  private final List<Known> pages;
  private final List<Weight> weights = new ArrayList<>();
  private final double[] logOdds;

  private CalibrationFit(Collection<Known> pages) {
    this.pages = List.copyOf(pages);
    this.logOdds = new double[pages.size()];
  }

  /**
   * Fits.
   *
   * @param pages at least one
   */
  public static Calibration to(Collection<Known> pages) {
    return new CalibrationFit(pages).fitted();
  }

  /**
   * A page whose truth is known.
   *
   * @param family of documents that look alike
   * @param isRight whether its type and all that tells the document from others are
   */
  public record Known(String family, Evidence evidence, boolean isRight) {}

  private Calibration fitted() {
    var beginnings = new EnumMap<DocType, Beginning>(DocType.class);
    for (var type : DocType.values()) {
      beginnings.put(
        type,
        new Beginning(
          weight(0, HELD, -9, 9, page -> page.type() == type ? 1 : 0),
          weight(1, HELD, 0, 3, page -> page.type() == type ? page.certaintyLogOdds() : 0)
        )
      );
    }
    var findings = new TreeMap<String, Weight>();
    for (var code : codes()) {
      findings.put(
        code,
        weight(OTHER_FINDING, HELD, -9, 0, page -> page.findings().contains(code) ? 1 : 0)
      );
    }
    descend();
    var starts = new EnumMap<DocType, Start>(DocType.class);
    beginnings.forEach((type, beginning) -> starts.put(type, beginning.start()));
    var fitted = new TreeMap<String, Double>();
    findings.forEach((code, weight) -> fitted.put(code, rounded(weight.value)));
    return new Calibration(Map.copyOf(starts), fitted, OTHER_FINDING);
  }

  private Collection<String> codes() {
    var codes = new TreeSet<String>();
    pages.forEach(page -> codes.addAll(page.evidence().findings()));
    return codes;
  }

  private Weight weight(
    double start,
    double held,
    double least,
    double most,
    ToDoubleFunction<Evidence> of
  ) {
    var weight = new Weight(
      pages
        .stream()
        .mapToDouble(page -> of.applyAsDouble(page.evidence()))
        .toArray(),
      start,
      held,
      least,
      most
    );
    weights.add(weight);
    weight.add(start, logOdds);
    return weight;
  }

  private void descend() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (weights.stream().mapToDouble(this::step).max().orElse(0) < STILL) {
        return;
      }
    }
  }

  private double step(Weight weight) {
    double slope = weight.held * (weight.start - weight.value);
    double bend = weight.held;
    for (int page : weight.pages) {
      double probability = 1 / (1 + Math.exp(-logOdds[page]));
      double of = weight.of[page];
      slope += of * ((pages.get(page).isRight() ? 1 : 0) - probability);
      bend += of * of * probability * (1 - probability);
    }
    double before = weight.value;
    // A step of Newton's may go too far where nearly all pages are right.
    double step = Math.clamp(slope / bend, -1, 1);
    double change = Math.clamp(before + step, weight.least, weight.most) - before;
    weight.value = before + change;
    weight.add(change, logOdds);
    return Math.abs(change);
  }

  private static double rounded(double value) {
    return Math.round(value * ROUNDED) / ROUNDED;
  }

  private record Beginning(Weight base, Weight ofCertainty) {
    Start start() {
      return new Start(rounded(base.value), rounded(ofCertainty.value));
    }
  }

  /** One of the weights, with what each page has of what it weighs. */
  private static final class Weight {

    private final double[] of;
    private final int[] pages;
    private final double start;
    private final double held;
    private final double least;
    private final double most;
    private double value;

    Weight(double[] of, double start, double held, double least, double most) {
      this.of = of;
      this.pages = IntStream.range(0, of.length)
        .filter(page -> of[page] != 0)
        .toArray();
      this.start = start;
      this.held = held;
      this.least = least;
      this.most = most;
      this.value = start;
    }

    void add(double change, double[] logOdds) {
      for (int page : pages) {
        logOdds[page] += change * of[page];
      }
    }
  }
}
