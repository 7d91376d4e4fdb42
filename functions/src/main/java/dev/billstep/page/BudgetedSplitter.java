package dev.billstep.page;

import java.io.IOException;
import java.nio.file.Path;

/** Splits one kind of file, and ends by itself once the budget is spent. */
@FunctionalInterface
interface BudgetedSplitter {
  /** As {@link DocumentSplitter#split}. */
  void split(Path file, SplitLimits limits, Budget budget, PageSink sink) throws IOException;
}
