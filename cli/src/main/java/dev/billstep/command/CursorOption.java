package dev.billstep.command;

import dev.billstep.export.Cursor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads up to where something was exported, as an export has printed it. */
final class CursorOption implements ITypeConverter<Cursor> {

  private CursorOption() {}

  @Override
  public Cursor convert(String text) {
    return Cursor.of(text).orElseThrow(() ->
      new TypeConversionException(
        "'%s' is not what an export prints at its end, such as 2026-01-31T10:00:00Z/5b1e…".formatted(
          text
        )
      )
    );
  }
}
