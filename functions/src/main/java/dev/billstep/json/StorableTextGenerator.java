package dev.billstep.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.billstep.text.StorableText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes no text that can't be stored, wherever in a tree it stands. */
final class StorableTextGenerator extends JsonGeneratorDelegate {

  StorableTextGenerator(JsonGenerator generator) {
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
}
