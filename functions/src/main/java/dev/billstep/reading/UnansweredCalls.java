package dev.billstep.reading;

import dev.billstep.job.JobId;
import java.util.List;

/** Port: what a model has left unanswered. */
public interface UnansweredCalls {
  /**
   * How often a model has not answered a job about some pages, in all its runs.
   *
   * @param step as {@link ModelCall} has it
   * @param pages from 1
   */
  Tally about(JobId jobId, String step, List<Integer> pages, String modelId);

  /**
   * Calls without an answer, and those with one since the first of them.
   *
   * @param unanswered calls about these pages
   * @param answeredOthers calls about others, of any job
   */
  record Tally(int unanswered, int answeredOthers) {
    /** As many as a run makes before its job waits. */
    private static final int ENOUGH = 5;

    /** Whether it is these pages that the model can't cope with: it answers about others. */
    public boolean isOfThePages() {
      return unanswered >= ENOUGH && answeredOthers >= ENOUGH;
    }
  }
}
