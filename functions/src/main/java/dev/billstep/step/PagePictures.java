package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.page.EncodedPage;
import dev.billstep.page.PageStore;
import dev.billstep.page.Picture;
import dev.billstep.page.SplitPage;
import dev.billstep.page.StoredPicture;
import dev.billstep.reading.PageModels;
import dev.billstep.settings.JobSettings;
import java.util.List;
import java.util.stream.Stream;

/** The pictures that a run's models will be sent of its pages: made once, of pixels that are at hand. */
final class PagePictures {

  private final PageStore store;
  private final PageModels models;

  PagePictures(PageStore store, PageModels models) {
    this.store = store;
    this.models = models;
  }

  /** Those of a page that will most likely be asked for; whatever else is asked for is made then. */
  List<Picture> wanted(JobSettings settings, SplitPage.Drawn page) {
    boolean isRead = settings
      .onlyPages()
      .map(pages -> pages.contains(page.number()))
      .orElse(true);
    if (!isRead) {
      return List.of();
    }
    var model = settings.model();
    boolean isKnownByWords = model.classifyByWords().isPresent() && !page.words().isEmpty();
    var toClassify = models.pictureToClassify(model.toClassify()).filter(_ -> !isKnownByWords);
    return Stream.concat(toClassify.stream(), models.pictureToRead(model).stream())
      .distinct()
      .toList();
  }

  /**
   * Stores those of a page.
   *
   * @param pageSha256 of the page's image, in hex
   */
  List<StoredPicture> store(JobRun run, String pageSha256, EncodedPage page) {
    return page
      .pictures()
      .entrySet()
      .stream()
      .map(made -> {
        var picture = made.getKey();
        return new StoredPicture(
          picture,
          store.storePicture(run.jobId(), pageSha256, picture.format(), made.getValue())
        );
      })
      .toList();
  }
}
