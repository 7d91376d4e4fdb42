package dev.billstep.page;

import java.util.List;
import java.util.Set;

/** What has become of a page of a document. */
public sealed interface SplitPage {
  /** From 1. */
  int number();

  /** It is drawn. */
  final class Drawn implements SplitPage {

    private final int number;
    private final PageBitmap bitmap;
    private final List<Word> words;
    private final Set<Omission> omissions;

    Drawn(int number, PageBitmap bitmap, List<Word> words, Set<Omission> omissions) {
      this.number = number;
      this.bitmap = bitmap;
      this.words = words;
      this.omissions = omissions;
    }

    @Override
    public int number() {
      return number;
    }

    /**
     * Its image, in 8 bits a channel or less; not a copy.
     *
     * @throws PageUndrawable.TooMuchMemory when there is not enough of it
     */
    public byte[] png() {
      return encoded(List.of()).png();
    }

    /**
     * The same, with pictures of it. They may be encoded now: that takes most of a page's time, and any
     * thread may do it.
     *
     * @throws PageUndrawable.TooMuchMemory when there is not enough of it
     */
    public EncodedPage encoded(List<Picture> wanted) {
      try {
        return bitmap.encoded(wanted);
      } catch (OutOfMemoryError e) {
        throw new PageUndrawable.TooMuchMemory(number, e);
      }
    }

    /** How many bytes of memory it takes until it is encoded, as much again for its image, and let go. */
    public long bytes(List<Picture> wanted) {
      return (
        2 * bitmap.bytes() +
        wanted
          .stream()
          .mapToLong(picture -> picture.bytes(bitmap.width(), bitmap.height()))
          .sum()
      );
    }

    /** Its own text layer, in reading order; empty for a scan. */
    public List<Word> words() {
      return words;
    }

    /** What it shows and the image does not. */
    public Set<Omission> omissions() {
      return omissions;
    }
  }

  /** It can't be drawn. */
  record Undrawn(int number, PageUndrawable why) implements SplitPage {}
}
