package dev.billstep.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.reading.BatchInterface.State;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * How a provider's batch interface is spoken. Ours, where langchain4j has models of that name: those know
 * nothing of OpenAI, don't say which question an answer belongs to, and take all pages at once.
 */
interface BatchApi {
  /** The provider's usual address. */
  URI base();

  /** What says who asks. */
  Map<String, String> headers(String key);

  /** How many bytes of questions one batch takes. */
  int mostBytes();

  /**
   * A question within a batch.
   *
   * @param body of the request that asks it by itself
   */
  String question(String id, String body);

  /**
   * Sends questions.
   *
   * @return the batch's name
   */
  String send(BatchHttp http, List<byte[]> questions);

  /** What has become of a batch that the provider knows. */
  State state(BatchHttp http, String batch);

  /**
   * Takes the answers there are, each as the one to the question by itself.
   *
   * @param ids of the questions, in their order
   */
  void answers(BatchHttp http, String batch, List<String> ids, BiConsumer<String, JsonNode> taker);

  /** Has the provider stop. */
  void cancel(BatchHttp http, String batch);
}
