package dev.billstep.chat;

/** How a model is made to answer in JSON. */
enum AnswerFormat {
  /** The provider holds the answer to a JSON Schema, and shows the model what it asks for. */
  HELD(true, false),

  /** The provider holds the answer to it and does not show it: it is part of the task as well. */
  HELD_AND_TOLD(true, true),

  /** It is part of the task alone, and the JSON is taken out of the answer's text. */
  TOLD(false, true);

  private final boolean isHeld;
  private final boolean isTold;

  AnswerFormat(boolean isHeld, boolean isTold) {
    this.isHeld = isHeld;
    this.isTold = isTold;
  }

  boolean isHeld() {
    return isHeld;
  }

  boolean isTold() {
    return isTold;
  }
}
