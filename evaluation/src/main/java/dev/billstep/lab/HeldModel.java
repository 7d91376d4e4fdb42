package dev.billstep.lab;

import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.page.PageImage;
import dev.billstep.reading.ModelQuotaExhausted;
import dev.billstep.reading.ModelRejected;
import dev.billstep.reading.ModelThrottled;
import dev.billstep.reading.ModelUnauthorised;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.PageFailure;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageRejected;
import dev.billstep.reading.PageUnsendable;
import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Price;
import dev.billstep.settings.SettingInvalid;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A model whose every call is noted, and made only where the purse has enough for its worst case. */
final class HeldModel implements PageModel {

  private final PageModel model;
  private final ModelSettings settings;
  private final Price price;
  private final Purse purse;
  private final String contender;
  private final String document;

  /**
   * Holds a model.
   *
   * @param contender by its key
   * @param document that it is asked about, by the SHA-256 of its content
   */
  HeldModel(
    PageModel model,
    ModelSettings settings,
    Price price,
    Purse purse,
    String contender,
    String document
  ) {
    this.model = model;
    this.settings = settings;
    this.price = price;
    this.purse = purse;
    this.contender = contender;
    this.document = document;
  }

  @Override
  public boolean readsWords() {
    return model.readsWords();
  }

  @Override
  public Labels classify(List<PageImage> pages, Prompt prompt) {
    return make("classify", CallBound.ofClassifying(settings, pages, prompt), () ->
      model.classify(pages, prompt)
    );
  }

  @Override
  public Answer read(PageImage page, DocTypeSchema schema) {
    return make("read", CallBound.ofReading(settings, page, schema), () ->
      model.read(page, schema)
    );
  }

  @Override
  public Answer repair(PageImage page, DocTypeSchema schema, Answer first, List<String> problems) {
    var bound = CallBound.ofReading(settings, page, schema).repairing(first, problems);
    return make("repair", bound, () -> model.repair(page, schema, first, problems));
  }

  private <A extends Answered> A make(String step, CallBound bound, Supplier<A> call) {
    var most = bound.usd(settings, price);
    var id = purse.reserve(contender, document, step, most);
    long started = System.nanoTime();
    try {
      var answer = call.get();
      purse.settle(id, most, ended("ok", Optional.of(answer.usage()), started));
      return answer;
    } catch (RuntimeException failure) {
      var outcome = failure.getClass().getSimpleName();
      purse.settle(id, most, ended(outcome, usage(failure), started));
      throw failure;
    }
  }

  /** What a call has taken that failed; none where no answer came, and the provider may have made one. */
  private static Optional<Usage> usage(RuntimeException failure) {
    return switch (failure) {
      case
        ModelThrottled _,
        ModelUnauthorised _,
        ModelRejected _,
        SettingInvalid _,
        PageRejected _,
        PageUnsendable _ -> Optional.of(Usage.NONE);
      case ModelUnavailable outage when isUnreached(outage) -> Optional.of(Usage.NONE);
      case PageFailure answered when !answered.usage().equals(Usage.NONE) -> Optional.of(
        answered.usage()
      );
      default -> Optional.empty();
    };
  }

  /** Nobody was there to be asked. */
  private static boolean isUnreached(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).anyMatch(
      ConnectException.class::isInstance
    );
  }

  private NotedCall.Answer ended(String outcome, Optional<Usage> usage, long started) {
    return new NotedCall.Answer(
      outcome,
      usage.map(this::usd),
      usage.map(Usage::inputTokens).orElse(0),
      usage.map(Usage::outputTokens).orElse(0),
      Duration.ofNanos(System.nanoTime() - started).toMillis()
    );
  }

  private BigDecimal usd(Usage usage) {
    return price.of(
      usage.inputTokens(),
      usage.outputTokens(),
      usage.cacheReadTokens(),
      usage.cacheWrittenTokens()
    );
  }
}
