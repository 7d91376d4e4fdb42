package dev.billstep.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Which model reads the pages, and how it is asked.
 *
 * @param provider names the adapter, such as {@code offline} or {@code bedrock}
 * @param model the provider's own name for the model
 * @param baseUrl of the provider's API, where it is not the provider's usual one
 * @param region of the provider, where it has several; the function's own otherwise
 * @param temperature of the answers; the provider's usual one otherwise
 * @param timeoutSeconds of one call
 * @param maxOutputTokens of one answer
 * @param image how pages are sent, if not as the model sees most
 * @param effort to spend on thinking before the answer, in the provider's own word, if not as little as
 *     the model can
 * @param contextTokens that a model of Ollama has room for, if not as usual
 * @param textLayer whether a page's own words go with its image; none where it is not said
 * @param classifyModel says what pages are, by its id, if not this one
 * @param classifyByWords the certainty from which on the words of a text layer say what a page is, and
 *     no model is asked; a model always where it is not said
 */
public record ModelSettings(
  String provider,
  String model,
  Optional<URI> baseUrl,
  Optional<String> region,
  Optional<Double> temperature,
  int timeoutSeconds,
  int maxOutputTokens,
  Optional<SentImage> image,
  Optional<String> effort,
  Optional<Integer> contextTokens,
  Optional<TextLayerUse> textLayer,
  Optional<String> classifyModel,
  Optional<Double> classifyByWords
) {
  private static final int USUAL_TIMEOUT_SECONDS = 80;

  /** A step makes up to three calls, in a function of 300 seconds. */
  private static final int LONGEST_TIMEOUT_SECONDS = 80;
  private static final int USUAL_OUTPUT_TOKENS = 16_000;
  private static final int LEAST_CONTEXT_TOKENS = 4_096;
  private static final double LEAST_CERTAINTY = 0.5;

  public ModelSettings {
    timeoutSeconds = timeoutSeconds == 0 ? USUAL_TIMEOUT_SECONDS : timeoutSeconds;
    maxOutputTokens = maxOutputTokens == 0 ? USUAL_OUTPUT_TOKENS : maxOutputTokens;
  }

  /** A model with everything else as usual. */
  public static ModelSettings of(String provider, String model) {
    return new ModelSettings(
      provider,
      model,
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      0,
      0,
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty()
    );
  }

  /**
   * The model that says what pages are.
   *
   * @throws SettingInvalid where its id names no provider and model
   */
  public ModelSettings toClassify() {
    return classifyModel.map(id -> withId("model.classifyModel", id)).orElse(this);
  }

  /** The same model, asked at another address than its provider's own. */
  public ModelSettings at(URI address) {
    return new ModelSettings(
      provider,
      model,
      Optional.of(address),
      region,
      temperature,
      timeoutSeconds,
      maxOutputTokens,
      image,
      effort,
      contextTokens,
      textLayer,
      classifyModel,
      classifyByWords
    );
  }

  /**
   * A model by its id, such as {@code openai/gpt-4.1}: everything else as in these settings where
   * the provider is the same, and as usual where it is not. It says itself what pages are.
   *
   * @param from where the id is from
   * @throws SettingInvalid where the id names no provider and model
   */
  ModelSettings withId(String from, String id) {
    int slash = id.indexOf('/');
    if (slash < 1 || slash == id.length() - 1) {
      throw new SettingInvalid(from, "\"%s\" is not of the form provider/model".formatted(id));
    }
    var wantedProvider = id.substring(0, slash);
    var wantedModel = id.substring(slash + 1);
    return wantedProvider.equals(provider)
      ? new ModelSettings(
          provider,
          wantedModel,
          baseUrl,
          region,
          temperature,
          timeoutSeconds,
          maxOutputTokens,
          image,
          effort,
          contextTokens,
          textLayer,
          Optional.empty(),
          classifyByWords
        )
      : of(wantedProvider, wantedModel);
  }

  /** As stored on every row: {@code offline/ppocr-v6}. */
  public String id() {
    return provider + "/" + model;
  }

  void check() {
    if (provider.isBlank() || model.isBlank()) {
      throw new SettingInvalid("model", "provider and model must both be named");
    }
    if (baseUrl.isPresent() && !isOfTheWeb(baseUrl.get())) {
      throw new SettingInvalid(
        "model",
        "baseUrl must be a URL with http:// or https://, but is \"%s\"".formatted(baseUrl.get())
      );
    }
    if (timeoutSeconds < 1 || timeoutSeconds > LONGEST_TIMEOUT_SECONDS) {
      throw new SettingInvalid(
        "model",
        "timeoutSeconds must be from 1 to %d: a page may take three calls, and a function has 300 seconds".formatted(
          LONGEST_TIMEOUT_SECONDS
        )
      );
    }
    if (maxOutputTokens < 1) {
      throw new SettingInvalid("model", "maxOutputTokens must be 1 or more");
    }
    if (contextTokens.filter(tokens -> tokens < LEAST_CONTEXT_TOKENS).isPresent()) {
      throw new SettingInvalid(
        "model",
        "contextTokens must be %d or more: a page and its answer take as much".formatted(
          LEAST_CONTEXT_TOKENS
        )
      );
    }
    if (
      classifyByWords.filter(certainty -> certainty < LEAST_CERTAINTY || certainty > 1).isPresent()
    ) {
      throw new SettingInvalid(
        "model",
        "classifyByWords must be from %s to 1: with less, a page may as well be something else".formatted(
          LEAST_CERTAINTY
        )
      );
    }
    toClassify();
    image.ifPresent(SentImage::check);
  }

  private static boolean isOfTheWeb(URI url) {
    return url.getHost() != null && List.of("http", "https").contains(url.getScheme());
  }
}
