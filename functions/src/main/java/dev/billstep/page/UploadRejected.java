package dev.billstep.page;

import dev.billstep.failure.PermanentFailure;
import org.jspecify.annotations.Nullable;

/** An upload that can't be read, whatever is tried: the user has to send another file. */
public abstract sealed class UploadRejected extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  private UploadRejected(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /** The object was deleted or replaced before it could be read. */
  public static final class Gone extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public Gone(String key) {
      super("The uploaded file %s is no longer there. Upload it again.".formatted(key), null);
    }
  }

  /** The file has no bytes. */
  public static final class Empty extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public Empty() {
      super("The file is empty (0 bytes). Upload it again.", null);
    }
  }

  /** The file's content is none of the kinds that can be read, whatever its name says. */
  public static final class NotADocument extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public NotADocument(String fileName) {
      super(
        (
          "The file \"%s\" is not a PDF, JPEG, PNG or TIFF, whatever its name says. " +
          "Upload the document itself."
        ).formatted(fileName),
        null
      );
    }
  }

  /** The PDF asks for a password. */
  public static final class Encrypted extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public Encrypted(Throwable cause) {
      super("The PDF is protected by a password. Remove the password and upload it again.", cause);
    }
  }

  /** The file starts like a document but can't be decoded. */
  public static final class Corrupt extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public Corrupt(String kind, String detail, @Nullable Throwable cause) {
      super(
        "The %s file is damaged and can't be opened (%s). Scan or export it again.".formatted(
          kind,
          detail
        ),
        cause
      );
    }
  }

  /** More bytes than an upload may have. */
  public static final class TooLarge extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public TooLarge(long bytes, long maxBytes) {
      super(
        (
          "The file has %,d bytes; at most %,d are accepted. Scan it at a lower resolution or split " +
          "it."
        ).formatted(bytes, maxBytes),
        null
      );
    }
  }

  /** More pages than a document may have. */
  public static final class TooManyPages extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public TooManyPages(int pages, int maxPages) {
      super(
        "The document has %,d pages; at most %,d are accepted. Split it into smaller files.".formatted(
          pages,
          maxPages
        ),
        null
      );
    }
  }

  /** A page's image is larger than can be held. */
  public static final class TooManyPixels extends UploadRejected {

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
}
