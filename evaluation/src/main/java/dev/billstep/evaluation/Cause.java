package dev.billstep.evaluation;

/** Why a value was missed, as far as the page's text tells. */
public enum Cause {
  CLASS("the page was taken for another type"),
  NOT_SEEN("it is not in the text that was seen on the page"),
  NOT_FOUND("it was seen, and nothing was read"),
  OTHER_TAKEN("it was seen, and something else was read"),
  INVENTED("a row was read that is none");

  private final String sentence;

  Cause(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
