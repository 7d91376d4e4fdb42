package dev.billstep.offline.eway;

import dev.billstep.offline.answers.Draft;
import dev.billstep.offline.bills.Header;
import dev.billstep.offline.bills.PrintedText;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.reading.Gstin;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads who sends the goods of an e-way bill, and to whom. */
record EwayParties(Sheet sheet, Labels labels, Header header, Draft draft) {
  /** An unregistered person has this in place of a GSTIN. */
  private static final String UNREGISTERED = "URP";

  /** The slip names the parties' labels; the detailed print has both side by side, "From" and "To". */
  void read() {
    gstinAt("ewb_generated_by").ifPresent(gstin ->
      draft.put("/generated_by_gstin", gstin.value(), gstin.words())
    );
    var supplier = gstinAt("ewb_supplier");
    var recipient = gstinAt("ewb_recipient");
    if (supplier.isPresent() || recipient.isPresent()) {
      supplier.ifPresent(gstin -> readParty("/supplier", gstin, nameBehind(gstin.words().text())));
      recipient.ifPresent(gstin ->
        readParty("/recipient", gstin, nameBehind(gstin.words().text()))
      );
    } else {
      readAddresses();
    }
    header
      .text("ewb_dispatch")
      .flatMap(EwayParties::town)
      .ifPresent(place -> draft.put("/place_of_dispatch", place.value(), place.words()));
    header
      .text("ewb_delivery")
      .flatMap(EwayParties::town)
      .ifPresent(place -> draft.put("/place_of_delivery", place.value(), place.words()));
  }

  private Optional<Candidate<String>> gstinAt(String key) {
    return labels
      .of(key)
      .flatMap(hit -> header.text(key).stream())
      .flatMap(text -> gstin(text).stream())
      .findFirst();
  }

  /** A GSTIN, the letters for none, or what is printed in its place. */
  private static Optional<Candidate<String>> gstin(Candidate<String> text) {
    if (text.value().replaceFirst("^\\W+", "").toUpperCase(Locale.ROOT).startsWith(UNREGISTERED)) {
      return Optional.of(text.as(UNREGISTERED));
    }
    var found = Gstins.in(text.value());
    if (!found.isEmpty()) {
      return Optional.of(text.as(found.getFirst().value().number()));
    }
    var joined = text
      .value()
      .replaceFirst("^[\\s:：]+", "")
      .split("[,\\-–&]", 2)[0]
      .replaceAll("\\s", "");
    return joined.matches("[0-9A-Za-z]{13,16}") &&
      joined.chars().filter(Character::isDigit).count() >= 5
      ? Optional.of(text.as(joined.toUpperCase(Locale.ROOT)))
      : Optional.empty();
  }

  private static Optional<String> nameBehind(String text) {
    var parts = text.split("\\s*[,]\\s*|\\s+-\\s+|(?<=[0-9A-Z])-(?=[A-Z][a-z])", 2);
    return parts.length < 2 || parts[1].chars().filter(Character::isLetter).count() < 2
      ? Optional.empty()
      : Optional.of(parts[1].strip());
  }

  private void readParty(String path, Candidate<String> gstin, Optional<String> name) {
    draft.put(path + "/gstin", gstin.value(), gstin.words());
    if (Gstin.isValid(gstin.value())) {
      draft.infer(path + "/state_code", Gstin.stateCode(gstin.value()));
    }
    name.ifPresent(text -> draft.infer(path + "/name", PrintedText.spaced(text)));
  }

  private void readAddresses() {
    var numbers = labels
      .of("gstin")
      .flatMap(hit -> atLabel(hit).stream())
      .sorted(Comparator.comparingDouble(candidate -> candidate.box().top()))
      .limit(2)
      .sorted(Comparator.comparingDouble(candidate -> candidate.box().left()))
      .toList();
    if (numbers.size() == 2) {
      readParty("/supplier", numbers.getFirst(), nameBelow(numbers.getFirst()));
      readParty("/recipient", numbers.getLast(), nameBelow(numbers.getLast()));
    }
  }

  private Optional<Candidate<String>> atLabel(LabelHit hit) {
    var rest = hit.rest();
    return rest.chars().anyMatch(Character::isLetterOrDigit)
      ? gstin(
          new Candidate<>(
            rest,
            hit.phrase(),
            hit.to(),
            hit.phrase().text().length(),
            hit.phrase().part(hit.to(), hit.phrase().text().length())
          )
        )
      : sheet
          .phrases()
          .filter(phrase -> phrase.box().sharedHeight(hit.box()) > 0.5 * hit.box().height())
          .filter(phrase -> phrase.box().left() >= hit.box().right())
          .min(Comparator.comparingDouble(phrase -> phrase.box().left()))
          .flatMap(phrase ->
            gstin(new Candidate<>(phrase.text(), phrase, 0, phrase.text().length(), phrase))
          );
  }

  private Optional<String> nameBelow(Candidate<String> gstin) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().middle() > gstin.phrase().box().bottom())
      .filter(phrase -> phrase.box().sharedWidth(gstin.phrase().box()) > 0)
      .findFirst()
      .map(Phrase::text)
      .filter(text -> text.chars().filter(Character::isLetter).count() >= 2);
  }

  /** {@code Bengaluru, Karnataka - 560001}: the town. */
  private static Optional<Candidate<String>> town(Candidate<String> text) {
    var town = text.value().split("[,\\-]", 2)[0].strip();
    return town.chars().filter(Character::isLetter).count() < 2
      ? Optional.empty()
      : Optional.of(text.as(town));
  }

  /** Parties whose labels are not among those that are known. */
  void readUnlabelled(OrderOfForm form) {
    var others = Stream.of(
      "/generated_by_gstin",
      "/transporter_id",
      "/supplier/gstin",
      "/recipient/gstin"
    )
      .flatMap(path -> draft.words(path).stream())
      .map(Phrase::box)
      .toList();
    var numbers = form.parties(others);
    boolean lacksSupplier = draft.lacks("/supplier/gstin");
    boolean lacksRecipient = draft.lacks("/recipient/gstin");
    if (lacksSupplier && lacksRecipient && numbers.size() == 2) {
      boolean isInOrder = OrderOfForm.isSuppliers(numbers.getFirst(), numbers.getLast());
      readUnlabelledParty("/supplier", isInOrder ? numbers.getFirst() : numbers.getLast());
      readUnlabelledParty("/recipient", isInOrder ? numbers.getLast() : numbers.getFirst());
    } else if (lacksSupplier != lacksRecipient && numbers.size() == 1) {
      readUnlabelledParty(lacksSupplier ? "/supplier" : "/recipient", numbers.getFirst());
    }
  }

  private void readUnlabelledParty(String path, Candidate<String> gstin) {
    readParty(path, gstin, nameBehind(gstin.phrase().text()).or(() -> nameBelow(gstin)));
    draft.doubt(
      "party.ambiguous",
      path + "/gstin",
      "No known label says whose GSTIN this is; the supplier's stands first."
    );
  }
}
