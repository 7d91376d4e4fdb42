package dev.billstep.page;

import dev.billstep.settings.SplitLimits;
import java.io.IOException;
import java.nio.file.Path;

/** Splits one kind of file into page images, one page in memory at a time. */
interface DocumentSplitter {
  /**
   * Gives the pages of a file to the sink, in order.
   *
   * @throws UploadRejected when the file is damaged, protected, or beyond a limit
   * @throws IOException when the file can't be read from the local disk
   */
  void split(Path file, SplitLimits limits, PageSink sink) throws IOException;
}
