package dev.billstep.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes a file apart, and what is in it, as long as that is no bomb. */
final class Unpacking {

  /** A year's bills of a shop. */
  static final int MOST_FILES = 2_000;

  static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;

  /** A ZIP with e-mails that have a ZIP attached. */
  static final int DEEPEST = 3;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Workplace workplace;
  private final List<IncomingFile> documents;
  private final List<LeftOut> leftOut;
  private final Budget budget;
  private final int depth;

  /**
   * Starts with a file that nothing was taken out of.
   *
   * @param workplace for what is unpacked
   * @param documents those that are found are added
   * @param leftOut what is none is added
   */
  Unpacking(Workplace workplace, List<IncomingFile> documents, List<LeftOut> leftOut) {
    this(workplace, documents, leftOut, new Budget(), 0);
  }

  private Unpacking(
    Workplace workplace,
    List<IncomingFile> documents,
    List<LeftOut> leftOut,
    Budget budget,
    int depth
  ) {
    this.workplace = workplace;
    this.documents = documents;
    this.leftOut = leftOut;
    this.budget = budget;
    this.depth = depth;
  }

  /** How much was unpacked, over all levels. */
  private static final class Budget {

    private int files;
    private long bytes;
  }

  /**
   * Takes a file as what it is.
   *
   * @throws IOException where it can't be read, or nothing can be written
   */
  void take(IncomingFile file) throws IOException {
    boolean isArchive = Archive.is(file.content());
    boolean isEmail = !isArchive && FileKind.of(file.fileName()) == FileKind.EMAIL;
    if (!isArchive && !isEmail) {
      documents.add(file);
      return;
    }
    if (depth == DEEPEST) {
      leaveOut(file.name(), "It is packed too deeply. Unpack it, and upload what is in it.");
      return;
    }
    var inside = new Unpacking(workplace, documents, leftOut, budget, depth + 1);
    int before = documents.size() + leftOut.size();
    try {
      if (isArchive) {
        Archive.unpack(file, inside);
      } else {
        Email.unpack(file, inside);
      }
      if (documents.size() + leftOut.size() == before) {
        leaveOut(file.name(), "There is no PDF or picture in it.");
      }
    } catch (UnpackingFailed e) {
      leaveOut(file.name(), e.why());
    }
  }

  /** Opens what is in a file; it is asked for once, and closed. */
  interface Content {
    InputStream open() throws IOException;
  }

  /**
   * Takes a file that is in another one.
   *
   * @param name with that of the file that it is in
   * @throws UnpackingFailed where the whole has more than is unpacked, or can't be read on
   */
  void take(String name, FileKind kind, Content content) throws IOException, UnpackingFailed {
    switch (kind) {
      case BYCATCH -> {
        // Nobody meant to send it.
      }
      case OTHER -> leaveOut(name, "It is neither a PDF nor a picture, a ZIP or an e-mail.");
      case DOCUMENT, ARCHIVE, EMAIL -> unpacked(name, content);
    }
  }

  private void unpacked(String name, Content content) throws IOException, UnpackingFailed {
    Path file;
    try {
      file = write(content);
    } catch (DamagedContent e) {
      leaveOut(name, "It is damaged in the file that it came in. Send it alone.");
      return;
    }
    take(IncomingFile.unpacked(name, file));
  }

  void leaveOut(String name, String why) {
    leftOut.add(new LeftOut(name, why));
  }

  /** What is in a file can't be read to its end. */
  private static final class DamagedContent extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedContent(IOException cause) {
      super(cause);
    }
  }

  private Path write(Content content) throws IOException, UnpackingFailed, DamagedContent {
    if (++budget.files > MOST_FILES) {
      throw new UnpackingFailed(
        "There are more than %,d files in it; the others are left out. Upload it in parts.".formatted(
          MOST_FILES
        )
      );
    }
    // Several files are unpacked into one folder, one after the other, each of which has added something.
    var file = workplace
      .folder()
      .resolve("%d-%d".formatted(documents.size() + leftOut.size(), budget.files));
    try (var in = opened(content); var out = Files.newOutputStream(file)) {
      var buffer = new byte[BUFFER_BYTES];
      for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
        budget.bytes += read;
        if (budget.bytes > MOST_BYTES) {
          throw new UnpackingFailed(
            "It unpacks to more than %d GiB; the rest is left out. Upload it in parts.".formatted(
              MOST_BYTES >> 30
            )
          );
        }
        out.write(buffer, 0, read);
      }
    }
    return file;
  }

  private static InputStream opened(Content content) throws DamagedContent {
    try {
      return content.open();
    } catch (IOException e) {
      throw new DamagedContent(e);
    }
  }

  private static int read(InputStream in, byte[] buffer) throws DamagedContent {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new DamagedContent(e);
    }
  }
}
