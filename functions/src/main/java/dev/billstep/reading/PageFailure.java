package dev.billstep.reading;

import dev.billstep.failure.PermanentFailure;

/**
 * A page that a model can't be made to read. By the job's policy it ends the job, or its row says
 * why, and the other pages go on.
 */
public abstract sealed class PageFailure
  extends PermanentFailure
  permits
    ModelAnswerInvalid,
    ModelRefused,
    ModelAnswerCutShort,
    ModelNeverAnswered,
    ModelCallFailed,
    PageRejected,
    PageUnsendable
{

  private static final long serialVersionUID = 1L;

  private final transient Usage usage;

  PageFailure(String sentence, Usage usage) {
    super(sentence);
    this.usage = usage;
  }

  /** What the model's answer took, useless as it was. */
  public Usage usage() {
    return usage;
  }
}
