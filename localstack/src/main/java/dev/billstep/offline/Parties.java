package dev.billstep.offline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who sells to whom on a bill: by the GSTINs, and by the label that stands above each. */
final class Parties {

  private static final List<String> BUYER = List.of(
    "billto",
    "billedto",
    "buyer",
    "soldto",
    "customer",
    "detailsofreceiver",
    "detailsofrecipient",
    "recipient",
    "consignee",
    "shipto",
    "shippedto"
  );
  private static final List<String> SELLER = List.of(
    "seller",
    "supplier",
    "billfrom",
    "soldby",
    "from"
  );
  private static final List<String> NO_NAME = List.of(
    "gstin",
    "invoice",
    "original",
    "duplicate",
    "triplicate",
    "phone",
    "email",
    "state",
    "page",
    "date"
  );

  private final Layout layout;
  private final Labels labels;

  Parties(Layout layout) {
    this.layout = layout;
    this.labels = new Labels(layout);
  }

  Optional<String> sellerGstin() {
    return gstins()
      .filter(found -> !isBuyers(found.cell()))
      .map(Found::gstin)
      .findFirst();
  }

  Optional<String> buyerGstin() {
    return gstins()
      .filter(found -> isBuyers(found.cell()))
      .map(Found::gstin)
      .findFirst();
  }

  Optional<String> buyerName() {
    return labels.value(BUYER, text -> name(text));
  }

  /** Beside a label, or the first name on the page. */
  Optional<String> sellerName(List<String> titles) {
    return labels
      .value(SELLER.subList(0, SELLER.size() - 1), text -> name(text))
      .or(() ->
        layout
          .cells()
          .filter(cell -> !titles.contains(cell.compact()))
          .flatMap(cell -> name(cell.text()).stream())
          .findFirst()
      );
  }

  private static Optional<String> name(String text) {
    var compact = Cell.compact(text);
    return NO_NAME.stream().anyMatch(compact::startsWith) || Printed.gstin(text).isPresent()
      ? Optional.empty()
      : Printed.words(text).filter(
          words -> Character.isLetter(words.charAt(0)) || words.startsWith("M/s")
        );
  }

  private Stream<Found> gstins() {
    return layout.cells().flatMap(cell ->
      Printed.gstins(cell.text())
        .stream()
        .map(gstin -> new Found(cell, gstin))
    );
  }

  /** Whether the nearest label of a party above, or on the same line, is the buyer's. */
  private boolean isBuyers(Cell gstin) {
    var buyer = nearest(gstin, BUYER);
    var seller = nearest(gstin, SELLER);
    return buyer.isPresent() && (seller.isEmpty() || buyer.get() < seller.get());
  }

  private Optional<Double> nearest(Cell gstin, List<String> spellings) {
    return spellings
      .stream()
      .flatMap(labels::places)
      .map(Labels.Place::cell)
      .filter(label -> label.middle() <= gstin.middle() + gstin.height() / 2)
      .map(label -> distance(label, gstin))
      .min(Comparator.naturalOrder());
  }

  /** Sideways counts more: beside each other stand columns, and a party fills one. */
  private static double distance(Cell label, Cell gstin) {
    double sideways = Math.max(0, -label.overlap(gstin));
    return gstin.middle() - label.middle() + 3 * sideways;
  }

  private record Found(Cell cell, String gstin) {}
}
