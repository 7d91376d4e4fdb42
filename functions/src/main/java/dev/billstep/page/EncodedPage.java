package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What is stored of a page's pixels.
 *
 * @param png its image; not a copy
 * @param pictures those of it that were wanted, as far as they can be made
 */
@SuppressWarnings("ArrayRecordComponent") // Neither compared nor printed.
public record EncodedPage(byte[] png, SequencedMap<Picture, byte[]> pictures) {
  /** An image that nobody wants a picture of. */
  static EncodedPage withoutPictures(byte[] png) {
    return new EncodedPage(png, new LinkedHashMap<>());
  }

  /** An image, with pictures of the same pixels. */
  static EncodedPage of(byte[] png, BufferedImage image, List<Picture> wanted) {
    var pictures = new LinkedHashMap<Picture, byte[]>();
    for (var picture : wanted) {
      try {
        pictures.put(picture, picture.of(image, png));
      } catch (IOException notMade) {
        // Who would send it finds out as well, and gives the page up by the job's policy.
      }
    }
    return new EncodedPage(png, pictures);
  }
}
