package dev.billstep.page;

/** Takes the pages of a document one by one, as they are made: no more than one is in memory. */
@FunctionalInterface
public interface PageSink {
  void accept(SplitPage page);

  /** Learns how many pages the document has, before the first of them comes. */
  default void begin(int pageCount) {
    // Who takes whatever comes need not know.
  }

  /** The first page that is wanted, from 1; those before it are not made. */
  default int first() {
    return 1;
  }

  /** Whether another page is wanted. Where not, splitting ends before the document does. */
  default boolean wantsMore() {
    return true;
  }
}
