package dev.billstep.chat;

import dev.billstep.reading.ModelAnswerInvalid;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.ModelRefused;
import dev.billstep.reading.ModelRejected;
import dev.billstep.reading.ModelThrottled;
import dev.billstep.reading.ModelUnauthorised;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls with the key as it is now, and gives their failures our names. It repeats nothing: the
 * state machine does.
 */
final class ChatCall {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final int REQUEST_TIMEOUT = 408;

  private final ModelSettings settings;
  private final Optional<String> keyName;
  private final ModelKeys keys;
  private final Function<String, ChatModel> open;

  @Nullable
  private volatile Opened opened;

  /**
   * Names what is called.
   *
   * @param keyName of the provider's key in the secret; none where the provider needs none
   * @param open makes the model, with its key
   */
  ChatCall(
    ModelSettings settings,
    Optional<String> keyName,
    ModelKeys keys,
    Function<String, ChatModel> open
  ) {
    this.settings = settings;
    this.keyName = keyName;
    this.keys = keys;
    this.open = open;
  }

  ChatResponse make(ChatRequest request) {
    var key = keyName.map(keys::key).orElse("");
    try {
      return model(key).chat(request);
    } catch (RuntimeException e) {
      var renewed = isUnauthorised(e) ? keyName.map(keys::renewed).orElse(key) : key;
      if (renewed.equals(key)) {
        throw named(e);
      }
      return makeWithRenewedKey(request, renewed);
    }
  }

  private ChatResponse makeWithRenewedKey(ChatRequest request, String key) {
    try {
      return model(key).chat(request);
    } catch (RuntimeException e) {
      throw named(e);
    }
  }

  private ChatModel model(String key) {
    var known = opened;
    if (known == null || !known.key().equals(key)) {
      known = new Opened(key, open.apply(key));
      opened = known;
    }
    return known.model();
  }

  private static boolean isUnauthorised(RuntimeException e) {
    return e instanceof AuthenticationException || status(e) == UNAUTHORISED;
  }

  private RuntimeException named(RuntimeException e) {
    var model = settings.id();
    if (AnswerSize.Exceeded.isBehind(e)) {
      return ModelAnswerInvalid.notAsAsked(
        model,
        "its answer has more than %d MB".formatted(AnswerSize.MOST_BYTES / 1024 / 1024),
        Usage.NONE
      );
    }
    return switch (e) {
      case RateLimitException limited -> new ModelThrottled(model, limited);
      case AuthenticationException refused -> new ModelUnauthorised(model, refused);
      case ContentFilteredException filtered -> new ModelRefused(
        model,
        String.valueOf(filtered.getMessage()),
        Usage.NONE
      );
      case InvalidRequestException invalid -> new ModelRejected(model, invalid);
      case ModelNotFoundException unknown -> new ModelRejected(model, unknown);
      default -> byStatus(model, e);
    };
  }

  /** Providers' failures that langchain4j leaves as they are. */
  private static RuntimeException byStatus(String model, RuntimeException e) {
    int status = status(e);
    if (status == TOO_MANY_REQUESTS) {
      return new ModelThrottled(model, e);
    }
    if (status == UNAUTHORISED || status == FORBIDDEN) {
      return new ModelUnauthorised(model, e);
    }
    if (status >= BAD_REQUEST && status < SERVER_ERROR && status != REQUEST_TIMEOUT) {
      return new ModelRejected(model, e);
    }
    return new ModelUnavailable(model, e); // A timeout, a broken connection, a 5xx.
  }

  private static int status(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException http) {
        return http.statusCode();
      }
    }
    return 0;
  }

  private record Opened(String key, ChatModel model) {}
}
