package dev.billstep.page;

import dev.billstep.settings.SplitLimits;
import java.io.IOException;
import java.nio.file.Path;

/** Splits one kind of file into page images, one page in memory at a time. */
public interface DocumentSplitter {
  /**
   * Gives the splitter of a file, told by its first bytes.
   *
   * @param fileName for the user, where it is no document
   * @throws UploadRejected when it is none of the kinds that can be read
   * @throws IOException when the file can't be read from the local disk
   */
  static DocumentSplitter of(Path file, String fileName) throws IOException {
    return switch (UploadKind.of(file, fileName)) {
      case PDF -> new PdfSplitter();
      case PNG -> new ImageSplitter("png");
      case JPEG -> new ImageSplitter("jpeg");
      case TIFF -> new ImageSplitter("tiff");
    };
  }

  /**
   * Gives the pages of a file to the sink, in order.
   *
   * @throws UploadRejected when the file is damaged, protected, or beyond a limit
   * @throws IOException when the file can't be read from the local disk
   */
  void split(Path file, SplitLimits limits, PageSink sink) throws IOException;
}
