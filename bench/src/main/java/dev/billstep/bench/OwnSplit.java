package dev.billstep.bench;

import dev.billstep.doctype.Prompt;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.page.Manifest;
import dev.billstep.page.SplitLimits;
import dev.billstep.reading.PageModels;
import dev.billstep.settings.Concurrency;
import dev.billstep.settings.FailurePolicy;
import dev.billstep.settings.FailurePolicy.OnPageFailure;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.WaitingSettings;
import dev.billstep.step.Split;
import dev.billstep.storage.FilePageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The pipeline's own step, with pages in a folder, in this process. */
final class OwnSplit {

  private static final UserId NOBODY = UserId.of("00000000-0000-0000-0000-000000000000");

  private final FilePageStore store;
  private final JobSettings settings;

  /**
   * Splits by the limits of a new database.
   *
   * @param root where pages are stored
   */
  OwnSplit(Path root) throws IOException {
    this.store = new FilePageStore(root);
    var limits = Files.readString(Path.of("prisma/settings/split.limits.json"));
    this.settings = new JobSettings(
      ModelSettings.of("nobody", "none"),
      new Prompt("classify-1", "Nobody is asked."),
      1,
      Json.mapper().readValue(limits, SplitLimits.class),
      Map.of(),
      new FailurePolicy(OnPageFailure.CONTINUE, 1),
      new Concurrency(1, 1),
      new WaitingSettings(60, 900, 24),
      Map.of(),
      List.of(),
      Optional.empty(),
      Map.of(),
      Optional.empty()
    );
  }

  /** Splits a document as a job of its own. */
  Manifest split(Path document) {
    var job = new JobId(UUID.randomUUID());
    var name = String.valueOf(document.getFileName());
    var key = "uploads/%s/%s/%s".formatted(NOBODY, job, name);
    var run = new JobRun(
      job,
      NOBODY,
      "bench",
      1,
      new UploadedObject("bench", key, Optional.empty(), "none"),
      store.storeRecord(job, "settings", Json.bytes(settings))
    );
    var split = new Split(
      (upload, target, maxBytes) -> copy(document, target),
      store,
      (_, _) -> {},
      new PageModels(List.of(), new AnyKey())
    );
    return Manifest.load(store, split.split(run).manifest());
  }

  byte[] image(Manifest pages, int number) {
    return store.fetch(pages.page(number).image());
  }

  private static void copy(Path document, Path target) {
    try {
      Files.copy(document, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
