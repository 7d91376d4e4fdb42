package dev.billstep.chat;

import dev.billstep.page.Picture;
import dev.billstep.reading.BatchInterface;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider of models that are asked over a chat API: all of it but how its API is spoken. */
abstract class ChatProvider implements PageModelProvider {

  private final String name;
  private final Optional<String> keyName;

  /**
   * Describes a provider.
   *
   * @param keyName of its key in the secret; none where it needs none
   */
  ChatProvider(String name, Optional<String> keyName) {
    this.name = name;
    this.keyName = keyName;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Optional<String> keyName() {
    return keyName;
  }

  @Override
  public final Optional<Picture> pictureToClassify(ModelSettings settings) {
    return Optional.of(pictures(settings).toClassify());
  }

  @Override
  public final Optional<Picture> pictureToRead(ModelSettings settings) {
    return Optional.of(pictures(settings).toRead());
  }

  private SentPictures pictures(ModelSettings settings) {
    return SentPictures.of(settings, ModelFamily.of(name, settings.model()));
  }

  @Override
  public final PageModel open(ModelSettings settings, ModelKeys keys) {
    return open(settings, keys, Pause.SLEEP);
  }

  final PageModel open(ModelSettings settings, ModelKeys keys, Pause pause) {
    var family = ModelFamily.of(name, settings.model());
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    var call = new ChatCall<>(
      settings,
      keyName,
      keys,
      key -> model(settings, family, key, BoundedHttp.within(limit)),
      pause
    );
    return new ChatPageModel(
      settings,
      family,
      request -> call.make(model -> model.chat(request)),
      this::usage
    );
  }

  @Override
  public final Optional<BatchInterface> openBatches(ModelSettings settings, ModelKeys keys) {
    var family = ModelFamily.of(name, settings.model());
    return batches(settings).map(api ->
      new ChatBatches(
        settings,
        api,
        new ChatCall<>(
          settings,
          keyName,
          keys,
          key -> BatchHttp.open(settings, api, key),
          Pause.SLEEP
        ),
        http -> model(settings, family, ChatBatches.NO_KEY, http),
        call -> new ChatPageModel(settings, family, call, this::usage)
      )
    );
  }

  /** How its batch interface is spoken; nothing where it has none that holds answers to a schema. */
  Optional<BatchApi> batches(ModelSettings settings) {
    return Optional.empty();
  }

  /**
   * The model as langchain4j has it, repeating nothing by itself.
   *
   * @param key empty where the provider needs none
   * @param http that it is asked by, where that is ours to choose
   */
  abstract ChatModel model(
    ModelSettings settings,
    ModelFamily family,
    String key,
    HttpClientBuilder http
  );

  /** What a call took, with what the provider counts apart. */
  Usage usage(ChatResponse response) {
    var tokens = Optional.ofNullable(response.tokenUsage());
    return new Usage(
      tokens.map(TokenUsage::inputTokenCount).orElse(0),
      tokens.map(TokenUsage::outputTokenCount).orElse(0),
      0,
      0,
      Optional.ofNullable(response.id())
    );
  }

  /** The effort to think with: of the settings, or as its family needs it. */
  static Optional<String> effort(ModelSettings settings, ModelFamily family) {
    return settings.effort().or(family::effort);
  }

  /** The temperature, where one is set and may be. */
  static Optional<Double> temperature(ModelSettings settings, ModelFamily family) {
    return settings.temperature().filter(_ -> family.takesTemperature());
  }

  static int count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }
}
