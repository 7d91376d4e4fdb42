package dev.billstep.offline.relations;

import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/**
 * Gives every value to one label and every label one value: the plainest pair first. So a due date
 * keeps its date from the invoice's, and an order's number its own.
 */
public final class Relations {

  /** Of the text's height: a value further below belongs to something else. */
  private static final double FURTHEST_BELOW = 2.8;

  /** The same of a label that has its cell to itself: the cell may be high. */
  private static final double FURTHEST_IN_CELL = 5.2;

  private static final double BESIDE = 0.92;
  private static final double BELOW = 0.8;

  /** What it costs that only other words of the value's phrase stand below the label. */
  private static final double BESIDE_IN_PHRASE = 0.2;

  /** What a page's width between label and value costs. */
  private static final double DISTANCE = 0.3;

  /** What each of the text's heights between label and value costs. */
  private static final double DEPTH = 0.09;

  /** What a text costs that stands between label and value. */
  private static final double BETWEEN = 0.25;

  private static final double LEAST = 0.3;

  /** {@code 14% on 20,000.00}: no value of the label, but what its value is worked out of. */
  private static final String RATE = "[\\d.]+\\s*%(?:\\s*on\\s*\\D{0,4}[\\d,.]+)?";

  private final Sheet sheet;
  private final Labels labels;

  public Relations(Sheet sheet, Labels labels) {
    this.sheet = sheet;
    this.labels = labels;
  }

  public <T> List<Owned<T>> owned(List<Candidate<T>> candidates) {
    var pairs = new ArrayList<Owned<T>>();
    for (var label : labels.all().toList()) {
      for (var candidate : candidates) {
        double score = score(label, candidate);
        if (score > LEAST) {
          pairs.add(new Owned<>(candidate, label, score));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble((Owned<T> pair) -> pair.score()).reversed());
    return plainest(pairs);
  }

  /** The same words may be several labels; each of them has the value then. */
  private static <T> List<Owned<T>> plainest(List<Owned<T>> pairs) {
    var owned = new ArrayList<Owned<T>>();
    var labelled = new HashSet<LabelHit>();
    var owners = new HashMap<Candidate<T>, LabelHit>();
    for (var pair : pairs) {
      var owner = owners.get(pair.candidate());
      boolean isFree = owner == null || isSamePlace(owner, pair.label());
      if (isFree && labelled.add(pair.label())) {
        owners.putIfAbsent(pair.candidate(), pair.label());
        owned.add(
          new Owned<>(pair.candidate(), pair.label(), pair.score() * pair.label().weight())
        );
      }
    }
    return owned;
  }

  private static boolean isSamePlace(LabelHit one, LabelHit other) {
    return one.phrase().equals(other.phrase()) && one.from() == other.from();
  }

  private double score(LabelHit label, Candidate<?> candidate) {
    if (label.phrase().equals(candidate.phrase())) {
      // "Rs." may be the label's and the amount's.
      return candidate.from() >= label.from() && candidate.to() > label.to() + 1
        ? within(label, candidate)
        : 0;
    }
    var box = candidate.box();
    double height = Math.min(label.phrase().box().height(), box.height());
    if (box.left() >= label.box().right() - height && isBeside(label.box(), box, height)) {
      return beside(label, candidate);
    }
    return box.middle() > label.box().bottom() ? below(label, candidate) : 0;
  }

  private static boolean isBeside(Box label, Box value, double height) {
    return label.sharedHeight(value) > 0.4 * height;
  }

  private double within(LabelHit label, Candidate<?> candidate) {
    int from = Math.max(label.to(), candidate.from());
    var between = label.phrase().text().substring(label.to(), from);
    boolean isOthers = labels
      .all()
      .anyMatch(
        other ->
          other.phrase().equals(label.phrase()) && other.from() >= label.to() && other.to() <= from
      );
    long letters = between.chars().filter(Character::isLetter).count();
    return isOthers ? 0.35 : Math.max(0.2, 1 - 0.03 * letters);
  }

  private double beside(LabelHit label, Candidate<?> candidate) {
    var gap = new Box(
      label.box().right(),
      Math.max(label.box().top(), candidate.box().top()),
      candidate.box().left(),
      Math.min(label.box().bottom(), candidate.box().bottom())
    );
    double text = textBefore(candidate);
    if (hasLabel(gap, label, candidate)) {
      return 0;
    }
    return (
      BESIDE -
      DISTANCE * (gap.width() / Math.max(1, sheet.right())) -
      BETWEEN * phrasesIn(gap, label, candidate) -
      text -
      restOf(label)
    );
  }

  private double below(LabelHit label, Candidate<?> candidate) {
    var box = candidate.box();
    double height = Math.max(label.phrase().box().height(), box.height());
    double depth = box.top() - label.box().bottom();
    boolean isUnder =
      label.box().sharedWidth(box) > 0 || Math.abs(label.box().left() - box.left()) < height;
    boolean isInPhraseUnder =
      label.box().sharedWidth(candidate.phrase().box()) > 0.5 * label.box().width();
    double furthest = label.isAlone() ? FURTHEST_IN_CELL : FURTHEST_BELOW;
    if (depth > furthest * height || !(isUnder || isInPhraseUnder)) {
      return 0;
    }
    var gap = new Box(
      Math.max(label.box().left(), box.left()),
      label.box().bottom(),
      Math.max(
        Math.max(label.box().left(), box.left()) + 1,
        Math.min(label.box().right(), box.right())
      ),
      box.top()
    );
    if (hasLabel(gap, label, candidate)) {
      return 0;
    }
    return (
      BELOW -
      (isUnder ? 0 : BESIDE_IN_PHRASE) -
      DEPTH * Math.max(0, depth / height) -
      BETWEEN * phrasesIn(gap, label, candidate) -
      textBefore(candidate) -
      restOf(label)
    );
  }

  /** A label that goes on with a value of its own wants no other. */
  private double restOf(LabelHit label) {
    int next = labels
      .all()
      .filter(other -> other.phrase().equals(label.phrase()) && other.from() >= label.to())
      .mapToInt(LabelHit::from)
      .min()
      .orElse(label.phrase().text().length());
    long letters = label
      .phrase()
      .text()
      .substring(label.to(), next)
      .replaceAll(RATE, "")
      .chars()
      .filter(Character::isLetterOrDigit)
      .count();
    return Math.min(0.6, 0.04 * letters);
  }

  /** A value that other words stand before in its phrase is theirs rather. */
  private static double textBefore(Candidate<?> candidate) {
    long letters = candidate
      .phrase()
      .text()
      .substring(0, candidate.from())
      .chars()
      .filter(Character::isLetterOrDigit)
      .count();
    return Math.min(0.5, 0.03 * letters);
  }

  private boolean hasLabel(Box gap, LabelHit label, Candidate<?> candidate) {
    return labels
      .all()
      .filter(other -> !isSamePlace(other, label))
      .filter(
        other -> !other.phrase().equals(candidate.phrase()) || other.from() < candidate.from()
      )
      .anyMatch(other -> lies(other.box(), gap));
  }

  private long phrasesIn(Box gap, LabelHit label, Candidate<?> candidate) {
    return sheet
      .phrases()
      .filter(phrase -> !phrase.equals(label.phrase()) && !phrase.equals(candidate.phrase()))
      .filter(phrase -> phrase.text().chars().anyMatch(Character::isLetterOrDigit))
      .filter(phrase -> lies(phrase.box(), gap))
      .count();
  }

  private static boolean lies(Box box, Box gap) {
    return (
      box.sharedWidth(gap) > 0.3 * Math.min(box.width(), gap.width()) &&
      box.sharedHeight(gap) > 0.3 * Math.min(box.height(), gap.height())
    );
  }
}
