package dev.billstep.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a page's image is sent to a model that is asked over the network.
 *
 * @param longEdge in pixels; a smaller page is sent as it is
 */
public record SentImage(int longEdge, Format format) {
  /** Its encoding. */
  public enum Format {
    @JsonProperty("jpeg")
    JPEG,

    @JsonProperty("png")
    PNG,
  }

  void check() {
    if (longEdge < 100) {
      throw new SettingInvalid("model", "image.longEdge must be 100 or more, but is " + longEdge);
    }
  }
}
