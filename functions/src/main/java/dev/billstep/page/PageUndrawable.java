package dev.billstep.page;

import org.jspecify.annotations.Nullable;

/**
 * A page that can't be drawn. By the job's policy it ends the job, or its row says why and the other
 * pages go on; a document of no other pages is refused with it.
 */
public abstract sealed class PageUndrawable extends UploadRejected {

  private static final long serialVersionUID = 1L;

  private PageUndrawable(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /** What it is made of can't be made sense of. */
  public static final class Damaged extends PageUndrawable {

    private static final long serialVersionUID = 1L;

    public Damaged(int page, Throwable cause) {
      super(
        "Page %d is damaged and can't be shown. Scan or export it again.".formatted(page),
        cause
      );
    }
  }

  /** Its image is stored in a way that there is no decoder for. */
  public static final class UnknownFormat extends PageUndrawable {

    private static final long serialVersionUID = 1L;

    public UnknownFormat(int page, @Nullable Throwable cause) {
      super(
        (
          "The picture on page %d is stored in a format that can't be read here. Print it to a PDF " +
          "or save it as a JPEG, and upload that."
        ).formatted(page),
        cause
      );
    }
  }

  /** Its image is larger than can be held. */
  public static final class TooManyPixels extends PageUndrawable {

    private static final long serialVersionUID = 1L;

    public TooManyPixels(int page, long width, long height, long maxPixels) {
      super(
        "Page %d has %,d × %,d pixels; at most %,d in all are accepted. Scan it at a lower resolution.".formatted(
          page,
          width,
          height,
          maxPixels
        ),
        null
      );
    }
  }

  /** It has no size that a page could have. */
  public static final class NoSize extends PageUndrawable {

    private static final long serialVersionUID = 1L;

    public NoSize(int page) {
      super(
        (
          "Page %d has no usable size: its width or height is next to nothing. Scan or export it " +
          "again."
        ).formatted(page),
        null
      );
    }
  }

  /** It takes longer than a page may. */
  public static final class TooMuchWork extends PageUndrawable {

    private static final long serialVersionUID = 1L;

    public TooMuchWork(int page) {
      this(page, null);
    }

    public TooMuchWork(int page, @Nullable Throwable cause) {
      super(
        "Page %d takes too long to draw. Print it to a new PDF or scan it, and upload that.".formatted(
          page
        ),
        cause
      );
    }
  }

  /** It takes more memory than there is. */
  public static final class TooMuchMemory extends PageUndrawable {

    private static final long serialVersionUID = 1L;

    public TooMuchMemory(int page, @Nullable Throwable cause) {
      super(
        (
          "Page %d takes more memory to draw than there is. Scan it at a lower resolution, or print " +
          "it to a new PDF, and upload that."
        ).formatted(page),
        cause
      );
    }
  }
}
