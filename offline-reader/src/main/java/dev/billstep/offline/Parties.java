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
    "billingaddress",
    "customer",
    "detailsofreceiver",
    "detailsofrecipient",
    "recipient",
    "consignee",
    "shipto",
    "shippedto"
  );
  private static final List<String> SELLER = List.of("seller", "supplier", "billfrom", "soldby");
  private static final List<String> NO_NAME = Stream.of(
    "gstin",
    "invoice",
    "original",
    "duplicate",
    "triplicate",
    "phone",
    "email",
    "state",
    "page",
    "date",
    "dt",
    "inv",
    "billno",
    "bill#",
    "billedto",
    "billto",
    "billingaddress",
    "shippedto",
    "shipto",
    "shippingaddress",
    "buyer",
    "placeofsupply",
    "reversecharge",
    "irn",
    "ack",
    "deliverynote",
    "gst"
  )
    .map(Cell::compact)
    .toList();

  /** Labels that are too short to be looked for within other words. */
  private static final List<String> BUYER_ALONE = List.of("to", "ms", "mss");
  private static final List<String> SELLER_ALONE = List.of("from");

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
    return nameAt(BUYER, BUYER_ALONE);
  }

  /** Beside or below a label, or the first name on the page. */
  Optional<String> sellerName(List<String> titles) {
    return nameAt(SELLER, SELLER_ALONE).or(() ->
      layout
        .cells()
        .filter(cell -> titles.stream().noneMatch(cell.compact()::startsWith))
        .flatMap(cell -> name(cell.text()).stream())
        .findFirst()
    );
  }

  /** A name stands below the label that announces it more often than beside it. */
  private Optional<String> nameAt(List<String> spellings, List<String> alone) {
    return labels
      .value(spellings, Parties::name, Labels.Order.BELOW_FIRST)
      .or(() -> labels.valueOfWhole(alone, Parties::name));
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
    var buyer = nearest(gstin, BUYER, BUYER_ALONE);
    var seller = nearest(gstin, SELLER, SELLER_ALONE);
    return buyer.isPresent() && (seller.isEmpty() || buyer.get() < seller.get());
  }

  private Optional<Double> nearest(Cell gstin, List<String> spellings, List<String> alone) {
    var within = spellings.stream().flatMap(labels::places).map(Labels.Place::cell);
    var whole = layout.cells().filter(cell -> alone.contains(cell.compact()));
    return Stream.concat(within, whole)
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
