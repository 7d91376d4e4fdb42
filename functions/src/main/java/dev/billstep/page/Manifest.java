package dev.billstep.page;

import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import java.net.URI;
import java.util.List;

/** The pages that one version of an upload was split into, in order. */
public record Manifest(JobId jobId, List<PageRef> pages) {
  public PageRef page(int number) {
    return pages.get(number - 1);
  }

  public List<PageRef> pages(List<Integer> numbers) {
    return numbers.stream().map(this::page).toList();
  }

  public static Manifest load(PageStore store, URI uri) {
    return Json.read(store.fetch(uri), Manifest.class);
  }
}
