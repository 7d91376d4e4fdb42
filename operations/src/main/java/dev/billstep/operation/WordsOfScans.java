package dev.billstep.operation;

import dev.billstep.job.JobId;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.Witness;
import dev.billstep.stack.DeployedStack;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has a witness of this machine look at scans of which no run has left any words, when somebody asks: at one
 * page at a time, and at each image once. What it sees is kept beside the runs' own records.
 */
public final class WordsOfScans {

  /** Requests that wait for their turn: of more, most are about a page that nobody looks at any more by then. */
  private static final int WAITING = 3;

  private final DeployedStack stack;
  private final Witness witness;
  private final ReentrantLock turn = new ReentrantLock(true);

  public WordsOfScans(DeployedStack stack, Witness witness) {
    this.stack = stack;
    this.witness = witness;
  }

  /**
   * The words that the witness sees on a page; empty where it sees none.
   *
   * @throws OperationRefused where others wait already
   * @throws dev.billstep.failure.PermanentFailure where it can't read the image; says why
   */
  List<Word> of(JobId jobId, PageRef page) {
    if (waiting() >= WAITING) {
      throw new OperationRefused(
        Reason.NOT_NOW,
        "The words of other pages are being looked for. Ask again in some seconds."
      );
    }
    turn.lock();
    try (var s3 = stack.s3()) {
      var store = stack.pageStore(s3);
      return new PrintedWords(store, Optional.of(witness))
        .on(jobId, page, PageImage.load(store, page))
        .stream()
        .map(SeenWord::word)
        .toList();
    } finally {
      turn.unlock();
    }
  }

  /** Requests that wait for their turn. */
  int waiting() {
    return turn.getQueueLength();
  }
}
