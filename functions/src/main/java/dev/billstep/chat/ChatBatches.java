package dev.billstep.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.reading.BatchInterface;
import dev.billstep.reading.ModelAnswerInvalid;
import dev.billstep.reading.PageModel.Answer;
import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A chat model's batch interface. A question is the very request that the model is asked with one page, and
 * an answer is read as the answer to that: langchain4j is given what would go over the wire, and nothing is
 * spelt out a second time.
 */
final class ChatBatches implements BatchInterface {

  /** Of a model that is asked nothing. */
  static final String NO_KEY = "none";

  private static final int NOT_FOUND = 404;

  /** That there is nothing to stop: it is over, or unknown. */
  private static final Set<Integer> NOTHING_TO_STOP = Set.of(400, NOT_FOUND, 409, 410);

  private final ModelSettings settings;
  private final BatchApi api;
  private final ChatCall<BatchHttp> call;
  private final Function<HttpClientBuilder, ChatModel> open;
  private final Function<Function<ChatRequest, ChatResponse>, ChatPageModel> asked;

  /**
   * Puts it together.
   *
   * @param open makes the chat model, with what it asks by
   * @param asked makes the model of pages, with whom it asks
   */
  ChatBatches(
    ModelSettings settings,
    BatchApi api,
    ChatCall<BatchHttp> call,
    Function<HttpClientBuilder, ChatModel> open,
    Function<Function<ChatRequest, ChatResponse>, ChatPageModel> asked
  ) {
    this.settings = settings;
    this.api = api;
    this.call = call;
    this.open = open;
    this.asked = asked;
  }

  @Override
  public int mostBytes() {
    return api.mostBytes();
  }

  @Override
  public byte[] question(String id, PageImage page, DocTypeSchema schema) {
    var wire = new Unsent();
    try {
      asked.apply(request -> open.apply(wire).chat(request)).read(page, schema);
    } catch (RuntimeException e) {
      if (wire.asked().isEmpty()) {
        throw e;
      }
    }
    return api.question(id, wire.asked()).getBytes(UTF_8);
  }

  @Override
  public String send(List<byte[]> questions) {
    return call.make(http -> api.send(http, questions));
  }

  @Override
  public State state(String batch) {
    return call.make(http -> {
      try {
        return api.state(http, batch);
      } catch (HttpException e) {
        if (e.statusCode() == NOT_FOUND) {
          return State.LOST;
        }
        throw e;
      }
    });
  }

  @Override
  public void answers(String batch, List<String> ids, BiConsumer<String, JsonNode> taker) {
    call.make(http -> {
      try {
        api.answers(http, batch, ids, taker);
        return batch;
      } catch (HttpException e) {
        if (e.statusCode() == NOT_FOUND) {
          return batch; // Its answers are gone: the pages are asked about by themselves.
        }
        throw e;
      }
    });
  }

  @Override
  public void cancel(String batch) {
    call.make(http -> {
      try {
        api.cancel(http, batch);
        return batch;
      } catch (HttpException e) {
        if (NOTHING_TO_STOP.contains(e.statusCode())) {
          return batch;
        }
        throw e;
      }
    });
  }

  @Override
  public Answer answer(PageImage page, DocTypeSchema schema, JsonNode given) {
    var model = open.apply(new Unsent(Json.text(given)));
    return asked.apply(model::chat).answer(response(model), schema);
  }

  private ChatResponse response(ChatModel model) {
    try {
      return model.chat(ChatRequest.builder().messages(UserMessage.from("…")).build());
    } catch (LangChain4jException e) {
      throw ModelAnswerInvalid.notAsAsked(
        settings.id(),
        "its answer in a batch can't be taken apart: " + e.getMessage(),
        Usage.NONE
      );
    }
  }
}
