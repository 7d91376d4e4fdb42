package dev.billstep.offline.bills;

import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The GSTINs of a page, by their form and by the labels before them. */
record PrintedGstins(Sheet sheet, Labels labels) {
  private static final Set<String> GSTIN_LABELS = Set.of(
    "gstin",
    "seller_gstin",
    "buyer_gstin",
    "ewb_supplier",
    "ewb_recipient",
    "other_gstin"
  );

  /** From the top, and from the left where they stand beside each other. */
  List<Candidate<Gstins.Printed>> all() {
    var shaped = Candidate.on(sheet, Gstins::in);
    var found = new ArrayList<>(shaped);
    labels
      .all()
      .filter(hit -> GSTIN_LABELS.contains(hit.key()))
      .forEach(hit -> {
        boolean isServed = shaped.stream().anyMatch(candidate -> belongs(candidate, hit));
        if (!isServed) {
          behind(hit).ifPresent(candidate -> {
            if (found.stream().noneMatch(other -> other.box().equals(candidate.box()))) {
              found.add(candidate);
            }
          });
        }
      });
    found.sort(Comparator.comparingDouble(candidate -> candidate.box().middle()));
    return lineByLine(found);
  }

  private static List<Candidate<Gstins.Printed>> lineByLine(
    List<Candidate<Gstins.Printed>> fromTheTop
  ) {
    var ordered = new ArrayList<Candidate<Gstins.Printed>>();
    for (var candidate : fromTheTop) {
      int at = ordered.size();
      while (
        at > 0 &&
        isBeside(ordered.get(at - 1), candidate) &&
        ordered
          .get(at - 1)
          .box()
          .left() > candidate.box().left()
      ) {
        at--;
      }
      ordered.add(at, candidate);
    }
    return ordered;
  }

  static boolean isBeside(Candidate<?> one, Candidate<?> other) {
    return one.box().sharedHeight(other.box()) > 0.4 * other.box().height();
  }

  private boolean belongs(Candidate<?> candidate, LabelHit hit) {
    return labelOf(candidate).filter(hit::equals).isPresent();
  }

  /** What is printed behind a label and is no GSTIN. */
  private Optional<Candidate<Gstins.Printed>> behind(LabelHit hit) {
    var within = Gstins.behindLabel(hit.rest());
    if (!within.isEmpty()) {
      var found = within.getFirst();
      return Optional.of(
        new Candidate<>(
          found.value(),
          hit.phrase(),
          hit.to() + found.from(),
          hit.to() + found.to(),
          hit.phrase().part(hit.to() + found.from(), hit.to() + found.to())
        )
      );
    }
    return hit.rest().chars().anyMatch(Character::isLetterOrDigit)
      ? Optional.empty()
      : rightOf(hit.box()).flatMap(phrase ->
          Candidate.in(phrase, Gstins::behindLabel).stream().findFirst()
        );
  }

  private Optional<Phrase> rightOf(Box box) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().sharedHeight(box) > 0.5 * box.height())
      .filter(phrase -> phrase.box().left() >= box.right())
      .filter(phrase -> phrase.text().chars().anyMatch(Character::isLetterOrDigit))
      .min(Comparator.comparingDouble(phrase -> phrase.box().left()));
  }

  /** The label before a number: in its phrase, to its left, or above it. */
  Optional<LabelHit> labelOf(Candidate<?> candidate) {
    return labels
      .all()
      .filter(hit -> GSTIN_LABELS.contains(hit.key()))
      .filter(hit -> isBefore(hit, candidate))
      .min(Comparator.comparingDouble(hit -> distance(hit.box(), candidate.box())));
  }

  private boolean isBefore(LabelHit hit, Candidate<?> candidate) {
    if (hit.phrase().equals(candidate.phrase())) {
      return hit.to() <= candidate.from();
    }
    var box = candidate.box();
    boolean isBeside =
      hit.box().sharedHeight(box) > 0.4 * box.height() &&
      hit.box().right() <= box.left() + box.height() &&
      box.left() - hit.box().right() < 0.4 * sheet.right() &&
      rightOf(hit.box())
        .filter(phrase -> phrase.equals(candidate.phrase()))
        .isPresent();
    boolean isAbove =
      hit.box().sharedWidth(box) > 0 &&
      box.top() - hit.box().bottom() < 1.2 * box.height() &&
      box.middle() > hit.box().bottom();
    return isBeside || isAbove;
  }

  private static double distance(Box label, Box value) {
    return Math.max(0, -label.sharedHeight(value)) + Math.max(0, -label.sharedWidth(value));
  }
}
