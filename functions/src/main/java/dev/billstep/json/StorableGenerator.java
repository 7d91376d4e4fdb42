package dev.billstep.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.billstep.text.StorableText;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Writes nothing that can't be stored and read again, wherever in a tree it stands. */
final class StorableGenerator extends JsonGeneratorDelegate {

  /**
   * Of a number's digits before and behind the decimal point. PostgreSQL writes them all out, and
   * this reader, as others, takes no number of more than 1,000.
   */
  private static final int MOST_DIGITS = 300;

  StorableGenerator(JsonGenerator generator) {
    super(generator, false); // Values inside of values come back to this one.
  }

  @Override
  public void writeString(@Nullable String text) throws IOException {
    super.writeString(text == null ? null : StorableText.of(text));
  }

  @Override
  public void writeString(char[] text, int offset, int length) throws IOException {
    writeString(new String(text, offset, length));
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    super.writeFieldName(StorableText.of(name));
  }

  /** A number that is too large, or too small, is written as text. */
  @Override
  public void writeNumber(@Nullable BigDecimal number) throws IOException {
    if (number == null || isStorable(number)) {
      super.writeNumber(number);
    } else {
      writeString(number.toString());
    }
  }

  private static boolean isStorable(BigDecimal number) {
    return (
      (long) number.precision() - number.scale() <= MOST_DIGITS && number.scale() <= MOST_DIGITS
    );
  }
}
