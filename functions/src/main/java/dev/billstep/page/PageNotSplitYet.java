package dev.billstep.page;

import dev.billstep.failure.TransientFailure;

/** A page of a long document is to be read before it is split: that goes on meanwhile. */
public final class PageNotSplitYet extends TransientFailure {

  private static final long serialVersionUID = 1L;

  /**
   * Names the page.
   *
   * @param page from 1
   */
  public PageNotSplitYet(int page) {
    super("Page %d is not split yet. It is waited for.".formatted(page));
  }
}
