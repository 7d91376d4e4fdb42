package dev.billstep.intake;

import java.nio.file.Path;

/**
 * A file that is to become a job.
 *
 * @param name by which whoever sends it finds it again: its path, or of one that came in another one with what it came in,
 *     {@code march.zip/shop/bill.pdf}
 * @param fileName what the job's file is called
 * @param content where it lies
 */
public record IncomingFile(String name, String fileName, Path content) {
  /** A file of a folder. */
  static IncomingFile of(Path file) {
    return new IncomingFile(file.toString(), String.valueOf(file.getFileName()), file);
  }

  /** One that was in another one: it is called by the last part of its name. */
  static IncomingFile unpacked(String name, Path content) {
    return new IncomingFile(name, name.substring(name.lastIndexOf('/') + 1), content);
  }
}
