package dev.billstep.page;

/** Something that a page shows and its drawn image does not. */
public enum Omission {
  IMAGE("A picture on the page is damaged and is missing or incomplete."),
  IMAGE_FORMAT(
    "A picture on the page is stored in a format that can't be read here, and is missing."
  ),
  IMAGE_SIZE("A picture on the page is too large to be shown, and is missing."),
  FONT("A font of the page is damaged: some of its text may be missing or wrong."),
  CONTENT("A part of the page is damaged and is missing."),
  GRADIENT("A colour gradient on the page is too complex to be drawn, and is missing."),
  NESTING("A part of the page is drawn inside of itself too often, and is missing."),
  END("The file ends too early: the lower part of the page may be missing.");

  private final String sentence;

  Omission(String sentence) {
    this.sentence = sentence;
  }

  /** For a reviewer. */
  public String sentence() {
    return sentence;
  }
}
