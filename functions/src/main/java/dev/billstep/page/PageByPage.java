package dev.billstep.page;

import java.io.IOException;
import org.apache.pdfbox.filter.MissingImageReaderException;
import org.jspecify.annotations.Nullable;

/** Makes the pages of a document one by one. What breaks a page is that page's own. */
final class PageByPage {

  private final Budget budget;
  private final PageSink sink;
  private @Nullable PageUndrawable firstUndrawn;
  private boolean isOneDrawn;

  PageByPage(Budget budget, PageSink sink) {
    this.budget = budget;
    this.sink = sink;
  }

  /**
   * Makes the pages of a document that the sink wants. A document none of whose pages could be drawn is
   * refused, where all of them were tried.
   *
   * @throws UploadRejected when not only a page can't be read
   * @throws DiskFull when there is no room to make one
   */
  void addAll(int pageCount, NumberedPageMaker maker) {
    sink.begin(pageCount);
    int number = sink.first();
    for (; number <= pageCount && sink.wantsMore(); number++) {
      int page = number;
      add(page, () -> maker.make(page));
    }
    if (sink.first() == 1 && number > pageCount) {
      end();
    }
  }

  /**
   * Makes a page and gives it to the sink.
   *
   * @throws UploadRejected when not only the page can't be read
   * @throws DiskFull when there is no room to make it
   */
  void add(int number, PageMaker maker) {
    budget.startPage(number);
    var page = make(number, maker);
    switch (page) {
      case SplitPage.Drawn drawn -> isOneDrawn = true;
      case SplitPage.Undrawn undrawn -> {
        if (firstUndrawn == null) {
          firstUndrawn = undrawn.why();
        }
      }
    }
    sink.accept(page);
  }

  /** Refuses a document none of whose pages could be drawn. */
  void end() {
    if (!isOneDrawn && firstUndrawn != null) {
      throw firstUndrawn;
    }
  }

  private static SplitPage make(int number, PageMaker maker) {
    try {
      return maker.make();
    } catch (PageUndrawable undrawable) {
      return new SplitPage.Undrawn(number, undrawable);
    } catch (UploadRejected ofTheDocument) {
      throw ofTheDocument;
    } catch (MissingImageReaderException | LinkageError e) {
      return new SplitPage.Undrawn(number, new PageUndrawable.UnknownFormat(number, e));
    } catch (IOException | RuntimeException e) {
      // Decoders throw whatever a broken page makes them trip over.
      DiskFull.throwIfSo(e);
      return new SplitPage.Undrawn(number, new PageUndrawable.Damaged(number, e));
    } catch (StackOverflowError e) {
      return new SplitPage.Undrawn(number, new PageUndrawable.TooMuchWork(number, e));
    } catch (OutOfMemoryError e) {
      return new SplitPage.Undrawn(number, new PageUndrawable.TooMuchMemory(number, e));
    }
  }

  /** Makes one page. */
  @FunctionalInterface
  interface PageMaker {
    SplitPage.Drawn make() throws IOException;
  }

  /** Makes the page of a number, from 1. */
  @FunctionalInterface
  interface NumberedPageMaker {
    SplitPage.Drawn make(int number) throws IOException;
  }
}
