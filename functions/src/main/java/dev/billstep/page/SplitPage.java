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
    private final byte[] png;
    private final List<Word> words;
    private final Set<Omission> omissions;

    Drawn(int number, byte[] png, List<Word> words, Set<Omission> omissions) {
      this.number = number;
      this.png = png;
      this.words = words;
      this.omissions = omissions;
    }

    @Override
    public int number() {
      return number;
    }

    /** Its image, in 8 bits a channel; not a copy. */
    public byte[] png() {
      return png;
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
