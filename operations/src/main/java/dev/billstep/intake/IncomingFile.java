package dev.billstep.intake;

import java.nio.file.Path;

/**
 * A file that is to become a job.
 *
 * @param name as whoever sends it knows it; of one that came in another one, with what it came in:
 *     {@code march.zip/shop/bill.pdf}
 * @param content where it lies
 */
public record IncomingFile(String name, Path content) {
  /** What the job's file is called: the last part of the name. */
  public String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
