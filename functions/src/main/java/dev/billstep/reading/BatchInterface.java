package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.page.PageImage;
import dev.billstep.reading.PageModel.Answer;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Port: a provider's batch interface. It takes many questions at once, answers them within a day, and
 * asks half the price for it. All of its methods throw {@link ModelUnavailable} or {@link ModelThrottled}
 * where the provider does not answer now, and a permanent failure where it never will.
 */
public interface BatchInterface {
  /** Until then a batch is answered or over, by what all of the providers promise. */
  Duration LONGEST = Duration.ofHours(24);

  /** How many bytes of questions one batch takes. */
  int mostBytes();

  /**
   * The question that {@link PageModel#read} would ask, as this interface takes it.
   *
   * @param id that its answer comes back under: 1 to 64 letters and digits
   * @throws PageFailure when the page can't be sent
   */
  byte[] question(String id, PageImage page, DocTypeSchema schema);

  /**
   * Sends questions, of {@link #mostBytes} at most.
   *
   * @return the provider's name for the batch
   */
  String send(List<byte[]> questions);

  /** What has become of a batch. */
  State state(String batch);

  /**
   * Takes what a batch that is over has answered; what it could not answer is left out.
   *
   * @param ids of its questions, in the order in which they were sent
   * @param taker is given an id and the answer to it, as the provider gives it
   */
  void answers(String batch, List<String> ids, BiConsumer<String, JsonNode> taker);

  /** Has the provider stop; nothing happens where the batch is over already, or not known. */
  void cancel(String batch);

  /**
   * The answer to a page's question, as {@link PageModel#read} would give it.
   *
   * @param given of {@link #answers}
   * @throws PageFailure when the model refused, or did not come to an end
   */
  Answer answer(PageImage page, DocTypeSchema schema, JsonNode given);

  /** Of a batch. */
  enum State {
    AT_WORK,

    /** Answered, expired or cancelled: there are all the answers that there will be. */
    OVER,

    /** The provider knows no such batch, or has let go of its answers. */
    LOST,
  }
}
