package dev.billstep.page;

import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import java.net.URI;
import java.util.List;

/**
 * The pages that one version of an upload was split into, in order; of a long document, as far as that has
 * come.
 */
public record Manifest(JobId jobId, List<PageRef> pages) {
  /**
   * One of its pages.
   *
   * @throws PageNotSplitYet when it is beyond those that are there
   */
  public PageRef page(int number) {
    if (number > pages.size()) {
      throw new PageNotSplitYet(number);
    }
    return pages.get(number - 1);
  }

  /**
   * Some of its pages.
   *
   * @throws PageNotSplitYet when one is beyond those that are there
   */
  public List<PageRef> pages(List<Integer> numbers) {
    return numbers.stream().map(this::page).toList();
  }

  public static Manifest load(PageStore store, URI uri) {
    return Json.read(store.fetch(uri), Manifest.class);
  }
}
