package dev.billstep.job;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;

/**
 * What a job is processed again for.
 *
 * @param schemaVersion the version of the doc types' schemas to read by; the active ones otherwise
 * @param model to read with, as {@code provider/model}; the current one otherwise
 * @param pages to read again, from 1; empty for all
 * @param ignoreCache whether the model is asked again what it was asked before
 * @param approvedToo whether pages that somebody has approved are read again as well
 */
public record Replay(
  Optional<Integer> schemaVersion,
  Optional<String> model,
  @JsonSetter(nulls = Nulls.AS_EMPTY) List<Integer> pages,
  boolean ignoreCache,
  boolean approvedToo
) {
  public Replay {
    pages = pages.stream().sorted().distinct().toList();
  }

  /** The same of these pages alone. */
  public Replay ofPages(List<Integer> wanted) {
    return new Replay(schemaVersion, model, wanted, ignoreCache, approvedToo);
  }
}
