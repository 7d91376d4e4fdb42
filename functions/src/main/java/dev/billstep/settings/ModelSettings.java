package dev.billstep.settings;

/**
 * Which model reads the pages.
 *
 * @param provider names the adapter, such as {@code offline} or {@code bedrock}
 * @param model the provider's own name for the model
 */
public record ModelSettings(String provider, String model) {
  /** As stored on every row: {@code offline/ppocr-v4}. */
  public String id() {
    return provider + "/" + model;
  }
}
