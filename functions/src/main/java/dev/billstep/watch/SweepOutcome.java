package dev.billstep.watch;

/** How a call of a sweep ends. */
public enum SweepOutcome {
  /** Everything has had its turn. */
  FINISHED,
  /** The next call goes on. */
  UNFINISHED,
  /** Another call is at work on it, or it rests: nothing was done. */
  LEFT_ALONE,
}
