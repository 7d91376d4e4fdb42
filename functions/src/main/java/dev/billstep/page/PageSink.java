package dev.billstep.page;

import java.util.List;

/** Takes the pages of a document one by one, as they are made: no more than one is in memory. */
@FunctionalInterface
public interface PageSink {
  void accept(int pageNumber, byte[] png, List<Word> words);
}
