package dev.billstep.settings;

import dev.billstep.page.Picture;

/**
 * How a page's image is sent to a model that is asked over the network.
 *
 * @param longEdge in pixels; a smaller page is sent as it is
 */
public record SentImage(int longEdge, Picture.Format format) {
  void check() {
    if (longEdge < 100) {
      throw new SettingInvalid("model", "image.longEdge must be 100 or more, but is " + longEdge);
    }
  }
}
