package dev.billstep.offline.bills;

import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The grand total in words. */
final class SpokenTotal {

  private final Sheet sheet;
  private final Labels labels;

  SpokenTotal(Sheet sheet, Labels labels) {
    this.sheet = sheet;
    this.labels = labels;
  }

  /** Behind its label, or else any words that are an amount. */
  Optional<Candidate<BigDecimal>> find() {
    return Stream.concat(
      labels.of("amount_words").flatMap(hit -> wordsAt(hit).stream()),
      sheet
        .phrases()
        .filter(phrase -> phrase.text().matches("(?i).*\\b(?:rupees?|only)\\b.*|(?i).*only[.)]?$"))
        .filter(phrase ->
          labels
            .of("tax_words")
            .noneMatch(hit -> hit.phrase().equals(phrase) || isRightAfter(hit, phrase))
        )
        .flatMap(phrase -> spoken(phrase, 0).stream())
    ).findFirst();
  }

  private static boolean isRightAfter(LabelHit hit, Phrase phrase) {
    return (
      hit.box().sharedHeight(phrase.box()) > 0.5 * phrase.box().height() ||
      (phrase.box().top() - hit.box().bottom() < 1.5 * hit.box().height() &&
        phrase.box().top() > hit.box().middle())
    );
  }

  /** In the label's phrase, beside it, or below it, and on the line after where they go on there. */
  private Optional<Candidate<BigDecimal>> wordsAt(LabelHit hit) {
    var within = hit.rest().isBlank()
      ? Optional.<Candidate<BigDecimal>>empty()
      : spoken(hit.phrase(), hit.to());
    return within
      .or(() ->
        sheet
          .phrases()
          .filter(phrase -> phrase.box().left() > hit.box().right() - 1)
          .filter(phrase -> phrase.box().sharedHeight(hit.box()) > 0.4 * hit.box().height())
          .flatMap(phrase -> spoken(phrase, 0).stream())
          .findFirst()
      )
      .or(() ->
        sheet
          .phrases()
          .filter(phrase -> phrase.box().top() > hit.box().middle())
          .filter(phrase -> phrase.box().top() - hit.box().bottom() < 2 * hit.box().height())
          .filter(phrase -> phrase.box().sharedWidth(hit.box()) > 0)
          .flatMap(phrase -> spoken(phrase, 0).stream())
          .findFirst()
      );
  }

  private Optional<Candidate<BigDecimal>> spoken(Phrase phrase, int from) {
    var text = phrase.text().substring(from);
    var whole = goesOn(text) ? text + " " + nextLine(phrase).map(Phrase::text).orElse("") : text;
    return AmountInWords.of(whole).map(value ->
      new Candidate<>(
        value,
        phrase,
        from,
        phrase.text().length(),
        from < phrase.text().length() ? phrase.part(from, phrase.text().length()) : phrase
      )
    );
  }

  private static boolean goesOn(String text) {
    return !text.toLowerCase(Locale.ROOT).contains("only");
  }

  private Optional<Phrase> nextLine(Phrase phrase) {
    return sheet
      .phrases()
      .filter(next -> next.box().top() > phrase.box().middle())
      .filter(next -> next.box().top() - phrase.box().bottom() < 1.2 * phrase.box().height())
      .filter(next -> next.box().sharedWidth(phrase.box()) > 0)
      .filter(
        next ->
          AmountInWords.of(next.text()).isPresent() ||
          next.text().matches("(?i)\\W*(?:only|paise|paisa)\\b.*")
      )
      .findFirst();
  }
}
