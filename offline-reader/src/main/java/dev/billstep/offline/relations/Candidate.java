package dev.billstep.offline.relations;

import dev.billstep.offline.forms.Form;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.util.List;

/**
 * A value that stands on a page.
 *
 * @param phrase that it stands in
 * @param from its first character in the phrase's text
 * @param words that it is made of
 */
public record Candidate<T>(T value, Phrase phrase, int from, int to, Phrase words) {
  public static <T> List<Candidate<T>> on(Sheet sheet, Form<T> form) {
    return sheet
      .phrases()
      .flatMap(phrase -> in(phrase, form).stream())
      .toList();
  }

  public static <T> List<Candidate<T>> in(Phrase phrase, Form<T> form) {
    return form
      .in(phrase.text())
      .stream()
      .map(found ->
        new Candidate<>(
          found.value(),
          phrase,
          found.from(),
          found.to(),
          phrase.part(found.from(), found.to())
        )
      )
      .toList();
  }

  public Box box() {
    return words.box();
  }

  /** As it is printed. */
  public String text() {
    return words.text();
  }

  public <R> Candidate<R> as(R other) {
    return new Candidate<>(other, phrase, from, to, words);
  }
}
