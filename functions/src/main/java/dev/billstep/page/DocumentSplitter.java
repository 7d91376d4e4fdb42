package dev.billstep.page;

import java.io.IOException;
import java.nio.file.Path;

/** Splits one kind of file into page images, one page in memory at a time. */
public interface DocumentSplitter {
  /**
   * Gives the pages of a file that the sink wants to it, in order. Whatever the file is made of, that ends: as
   * pages, or with a sentence.
   *
   * @throws UploadRejected when the file is damaged, protected, or beyond a limit
   * @throws DiskFull when there is no room for what is made of it
   * @throws IOException when the file can't be read from the local disk
   */
  void split(Path file, SplitLimits limits, PageSink sink) throws IOException;

  /**
   * The splitter of a file's kind, told by its content.
   *
   * @param fileName as its user named it, for the message of a refusal
   * @throws UploadRejected when the file is of no kind that can be read
   */
  static DocumentSplitter of(Path file, String fileName) throws IOException {
    return new WatchedSplitter(UploadKind.of(file, fileName).splitter(), Budget::new);
  }
}
