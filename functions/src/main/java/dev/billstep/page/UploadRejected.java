package dev.billstep.page;

import dev.billstep.failure.PermanentFailure;
import org.jspecify.annotations.Nullable;

/** An upload that can't be read, whatever is tried: the user has to send another file. */
public abstract sealed class UploadRejected
  extends PermanentFailure
  permits
    UploadRejected.Gone,
    UploadRejected.Empty,
    UploadRejected.NotADocument,
    UploadRejected.OtherFormat,
    UploadRejected.Encrypted,
    UploadRejected.Corrupt,
    UploadRejected.NoPages,
    UploadRejected.TooLarge,
    UploadRejected.TooManyPages,
    UploadRejected.TooMuchWork,
    UploadRejected.TooMuchMemory,
    PageUndrawable
{

  private static final long serialVersionUID = 1L;

  UploadRejected(String sentence, @Nullable Throwable cause) {
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
          "The file \"%s\" is no document or picture that can be read, whatever its name says. " +
          "Upload the bill as a PDF, JPEG, PNG or TIFF."
        ).formatted(fileName),
        null
      );
    }
  }

  /** The file is of a kind that is known, and can't be read. */
  public static final class OtherFormat extends UploadRejected {

    private static final long serialVersionUID = 1L;

    OtherFormat(String fileName, OtherKind kind) {
      super(
        "The file \"%s\" is %s, which can't be read here. %s".formatted(
          fileName,
          kind.what(),
          kind.advice()
        ),
        null
      );
    }
  }

  /** The PDF asks for a password, or for a certificate. */
  public static final class Encrypted extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public Encrypted(Throwable cause) {
      super(
        "The PDF is protected by a password or a certificate. Remove the protection and upload it " +
          "again.",
        cause
      );
    }
  }

  /** The file starts like a document but can't be decoded. */
  public static final class Corrupt extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public Corrupt(String kind, Throwable cause) {
      super(
        (
          "The %s file is damaged or not complete, and can't be opened. Scan or export it again, and " +
          "upload that."
        ).formatted(kind),
        cause
      );
    }
  }

  /** It is whole, and has no pages. */
  public static final class NoPages extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public NoPages() {
      super("The document has no pages. Export it again, and upload that.", null);
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

  /** All of it takes longer to split than a document may. */
  public static final class TooMuchWork extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public TooMuchWork() {
      super(
        "The document takes too long to be taken apart into pages. Split it into smaller files, or " +
          "print it to a new PDF, and upload that.",
        null
      );
    }
  }

  /** Opening it takes more memory than there is. */
  public static final class TooMuchMemory extends UploadRejected {

    private static final long serialVersionUID = 1L;

    public TooMuchMemory(Throwable cause) {
      super(
        "The document takes more memory to open than there is. Split it into smaller files, or " +
          "print it to a new PDF, and upload that.",
        cause
      );
    }
  }
}
