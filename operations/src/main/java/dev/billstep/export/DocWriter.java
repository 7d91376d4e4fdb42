package dev.billstep.export;

import java.io.Closeable;
import java.io.IOException;

/** Writes pages, one after another, in a form that other programs read. */
public interface DocWriter extends Closeable {
  void write(ExportedDoc doc) throws IOException;

  /** Completes what was written; where it goes to is left open. */
  @Override
  void close() throws IOException;
}
