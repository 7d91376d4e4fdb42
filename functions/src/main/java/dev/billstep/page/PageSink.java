package dev.billstep.page;

/** Takes the pages of a document one by one, as they are made: no more than one is in memory. */
@FunctionalInterface
public interface PageSink {
  void accept(SplitPage page);
}
