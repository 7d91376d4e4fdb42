package dev.billstep.chat;

import dev.billstep.failure.TransientFailure;
import dev.billstep.reading.ModelAnswerInvalid;
import dev.billstep.reading.ModelCallFailed;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.ModelQuotaExhausted;
import dev.billstep.reading.ModelRefused;
import dev.billstep.reading.ModelRejected;
import dev.billstep.reading.ModelThrottled;
import dev.billstep.reading.ModelUnauthorised;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.PageRejected;
import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.SettingInvalid;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Makes calls with the key as it is now, and gives their failures our names. A short wait that the
 * provider asks for is waited here; it repeats nothing else: the state machine does.
 *
 * @param <M> what is asked with the key
 */
final class ChatCall<M> {

  private static final Logger LOG = LogManager.getLogger(ChatCall.class);

  /**
   * Waited within a call, in all: three calls of 80 seconds and their waits fit into a function's 300.
   * Longer ones are the state machine's, which pays for no function meanwhile.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

  private final ModelSettings settings;
  private final Optional<String> keyName;
  private final ModelKeys keys;
  private final Function<String, M> open;
  private final Pause pause;

  @Nullable
  private volatile Opened<M> opened;

  /**
   * Names what is called.
   *
   * @param keyName of the provider's key in the secret; none where the provider needs none
   * @param open makes what is asked, with its key
   * @param pause waits
   */
  ChatCall(
    ModelSettings settings,
    Optional<String> keyName,
    ModelKeys keys,
    Function<String, M> open,
    Pause pause
  ) {
    this.settings = settings;
    this.keyName = keyName;
    this.keys = keys;
    this.open = open;
    this.pause = pause;
  }

  <A> A make(Function<M, A> question) {
    var left = PATIENCE;
    while (true) {
      long started = System.nanoTime();
      try {
        return makeOnce(question);
      } catch (ModelThrottled | ModelUnavailable failure) {
        var wait = wait(failure).orElseThrow(() -> failure);
        left = left.minusNanos(System.nanoTime() - started).minus(wait);
        if (left.isNegative()) {
          throw failure;
        }
        pause.take(wait);
      }
    }
  }

  /** That the provider asks for; without one, it is not for us to say when it answers again. */
  private static Optional<Duration> wait(TransientFailure failure) {
    return ProviderRefusal.behind(failure)
      .flatMap(refusal -> refusal.waitAsked(failure, Instant.now()))
      .map(asked -> asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked);
  }

  private <A> A makeOnce(Function<M, A> question) {
    var key = keyName.map(keys::key).orElse("");
    var model = model(key);
    try {
      return question.apply(model);
    } catch (RuntimeException e) {
      var renewed = isUnauthorised(e) ? keyName.map(keys::renewed).orElse(key) : key;
      if (renewed.equals(key)) {
        throw named(e);
      }
      return makeWithRenewedKey(question, renewed);
    }
  }

  private <A> A makeWithRenewedKey(Function<M, A> question, String key) {
    var model = model(key);
    try {
      return question.apply(model);
    } catch (RuntimeException e) {
      throw named(e);
    }
  }

  private M model(String key) {
    var known = opened;
    if (known == null || !known.key().equals(key)) {
      known = new Opened<>(key, opened(key));
      opened = known;
    }
    return known.model();
  }

  private M opened(String key) {
    try {
      return open.apply(key);
    } catch (RuntimeException e) {
      throw new SettingInvalid("model", "it can't be opened (%s)".formatted(e.getMessage()));
    }
  }

  private static boolean isUnauthorised(RuntimeException e) {
    return (
      e instanceof AuthenticationException ||
      ProviderRefusal.behind(e).filter(ProviderRefusal::isOfTheKey).isPresent()
    );
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
    return e instanceof ContentFilteredException filtered
      ? new ModelRefused(model, String.valueOf(filtered.getMessage()), Usage.NONE)
      : ProviderRefusal.behind(e)
          .map(refusal -> named(refusal, e))
          .orElseGet(() -> withoutAnswer(e));
  }

  private RuntimeException named(ProviderRefusal refusal, RuntimeException e) {
    var model = settings.id();
    if (refusal.isOfTheQuota()) {
      return new ModelQuotaExhausted(model, refusal.reason(), e);
    }
    if (refusal.status() == ProviderRefusal.TOO_MANY_REQUESTS) {
      return new ModelThrottled(model, refusal.waitAsked(e, Instant.now()), e);
    }
    if (refusal.isOutage()) {
      return new ModelUnavailable(model, e);
    }
    if (refusal.isOfTheKey()) {
      return new ModelUnauthorised(model, e);
    }
    if (refusal.isOfTheFilter()) {
      return new ModelRefused(model, refusal.reason(), Usage.NONE);
    }
    return refusal.isOfThePage()
      ? new PageRejected(model, refusal.reason())
      : new ModelRejected(model, refusal.reason(), e);
  }

  /** What nobody foresaw is no outage: it would have every job wait for one page. */
  private RuntimeException withoutAnswer(RuntimeException e) {
    var model = settings.id();
    if (isOutage(e)) {
      return new ModelUnavailable(model, e);
    }
    if (e instanceof UnsupportedFeatureException unsupported) {
      return new ModelRejected(model, String.valueOf(unsupported.getMessage()), unsupported);
    }
    LOG.error("A call of the model {} failed in a way that was not foreseen", model, e);
    return new ModelCallFailed(model);
  }

  /** No connection, a broken one, no answer in time, or one that is not the API's JSON at all. */
  private static boolean isOutage(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).anyMatch(
      cause ->
        switch (cause) {
          case
            IOException _,
            UnresolvedAddressException _,
            java.util.concurrent.TimeoutException _,
            TimeoutException _,
            InterruptedException _,
            SdkClientException _ -> true;
          default -> false;
        }
    );
  }

  private record Opened<M>(String key, M model) {}
}
