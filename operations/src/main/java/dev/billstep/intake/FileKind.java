package dev.billstep.intake;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a file is by its name, as far as that decides what becomes of it. */
public enum FileKind {
  /** A PDF or a picture, if the name is right: what it is in earnest is seen when it is split. */
  DOCUMENT,
  ARCHIVE,
  EMAIL,
  /** What systems and programs leave beside people's files. */
  BYCATCH,
  OTHER;

  private static final Set<String> DOCUMENTS = Set.of(
    "pdf",
    "jpg",
    "jpeg",
    "png",
    "tif",
    "tiff",
    "webp",
    "jp2"
  );

  private static final Set<String> BYCATCHES = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

  /** Of a path, too: what lies in a hidden folder is hidden. */
  public static FileKind of(String name) {
    var parts = SEPARATOR.splitAsStream(name)
      .filter(part -> !part.isEmpty())
      .toList();
    if (parts.stream().anyMatch(FileKind::isBycatch)) {
      return BYCATCH;
    }
    var ending = parts.isEmpty() ? Optional.<String>empty() : ending(parts.getLast());
    return ending.map(FileKind::ofEnding).orElse(OTHER);
  }

  /** Of a file in a folder of its own. */
  public static FileKind of(Path file) {
    return of(String.valueOf(file.getFileName()));
  }

  /** Whether something that comes in among other files is taken for its name. */
  public boolean isTaken() {
    return switch (this) {
      case DOCUMENT, ARCHIVE, EMAIL -> true;
      case BYCATCH, OTHER -> false;
    };
  }

  private static boolean isBycatch(String part) {
    // A hidden file, one that an office program has open, and what those that tidy up leave.
    return (
      part.startsWith(".") ||
      part.startsWith("~$") ||
      BYCATCHES.contains(part.toLowerCase(Locale.ROOT))
    );
  }

  private static Optional<String> ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0
      ? Optional.empty()
      : Optional.of(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static FileKind ofEnding(String ending) {
    return switch (ending) {
      case "zip" -> ARCHIVE;
      case "eml" -> EMAIL;
      case String document when DOCUMENTS.contains(document) -> DOCUMENT;
      default -> OTHER;
    };
  }
}
