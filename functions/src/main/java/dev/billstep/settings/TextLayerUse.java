package dev.billstep.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model is told of a page's own text layer. */
public enum TextLayerUse {
  /** Nothing: the image alone is the question, and the words are held against the answer. */
  @JsonProperty("none")
  NONE,

  /**
   * Its words, as data, after the image: for small models, which read letters badly. Strong ones read as
   * well without, and words are a way in for whoever wrote the page.
   */
  @JsonProperty("beside")
  BESIDE,
}
