package dev.billstep.page;

import java.util.Optional;

/**
 * Limits on an upload.
 *
 * @param maxBytes of the uploaded file
 * @param maxPages of one document, at most {@value #MOST_PAGES}: their batches travel in a state's payload of 256 KiB
 * @param maxPixels of one page's image
 * @param renderDpi resolution at which a page that is not one scanned image is drawn
 * @param inlinePages that are split before any is read, and read by one execution: with every retry a page
 *     takes up to 110 of the 25,000 events of its history (AWS Step Functions developer guide, "Service quotas")
 */
public record SplitLimits(
  long maxBytes,
  int maxPages,
  long maxPixels,
  int renderDpi,
  int inlinePages
) {
  private static final int MOST_PAGES = 10_000;

  /**
   * Refuses a page's size.
   *
   * @param page from 1
   * @throws PageUndrawable.NoSize when there would be no image
   * @throws PageUndrawable.TooManyPixels when the page's image would be larger than allowed
   */
  public void checkPixels(int page, long width, long height) {
    if (width < 1 || height < 1) {
      throw new PageUndrawable.NoSize(page);
    }
    if (!isAllowed(width, height)) {
      throw new PageUndrawable.TooManyPixels(page, width, height, maxPixels);
    }
  }

  /** Whether an image is not too large; a side alone may be as large as a file can say. */
  boolean isAllowed(long width, long height) {
    return height <= maxPixels / Math.max(1, width);
  }

  /** Of anything that is unpacked to draw a page: four bytes for each pixel that it may have. */
  long maxDecodedBytes() {
    return 4 * maxPixels;
  }

  /** Why no document could be split within these limits; empty where one could. */
  public Optional<String> problem() {
    if (maxPages > MOST_PAGES) {
      return Optional.of("maxPages must be %,d or less".formatted(MOST_PAGES));
    }
    boolean isPositive = maxBytes >= 1 && maxPages >= 1 && maxPixels >= 1 && inlinePages >= 1;
    return isPositive && renderDpi >= 50 && renderDpi <= 600
      ? Optional.empty()
      : Optional.of(
          "maxBytes, maxPages, maxPixels and inlinePages must be 1 or more, and renderDpi between 50 and 600"
        );
  }
}
