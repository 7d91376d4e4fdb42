package dev.billstep.chat;

import dev.billstep.page.Picture;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.SentImage;

/**
 * The pictures of a page that a model is sent: no larger than it looks at.
 *
 * @param toClassify by which it says what the page is
 * @param toRead by which it reads the page
 */
record SentPictures(Picture toClassify, Picture toRead) {
  /** In pixels: of an A4 page that shows its title, its tables and the words of its headings. */
  private static final int CLASSIFYING_EDGE = 800;

  /** Of 5 MB, which Anthropic and Bedrock take of an image in base64. */
  private static final int MOST_BYTES = 3_500_000;

  static SentPictures of(ModelSettings settings, ModelFamily family) {
    var image = settings
      .image()
      .orElseGet(() -> new SentImage(family.longEdge(), Picture.Format.JPEG));
    int classifyingEdge = Math.min(image.longEdge(), CLASSIFYING_EDGE);
    return new SentPictures(
      new Picture(image.format(), classifyingEdge, MOST_BYTES),
      new Picture(image.format(), image.longEdge(), MOST_BYTES)
    );
  }
}
