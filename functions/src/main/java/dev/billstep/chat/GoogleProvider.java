package dev.billstep.chat;

import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GeminiMediaResolutionLevel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Gemini, by Google's own API. */
public final class GoogleProvider extends ChatProvider {

  public GoogleProvider() {
    super("google", Optional.of("google_api_key"));
  }

  @Override
  Optional<BatchApi> batches(ModelSettings settings) {
    return Optional.of(new GoogleBatches(settings.model()));
  }

  @Override
  ChatModel model(ModelSettings settings, ModelFamily family, String key, HttpClientBuilder http) {
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    var thinking = effort(settings, family)
      .map(level -> GeminiThinkingConfig.builder().thinkingLevel(level).build())
      .orElse(null);
    return GoogleAiGeminiChatModel.builder()
      .httpClientBuilder(http)
      .baseUrl(settings.baseUrl().map(URI::toString).orElse(null))
      .apiKey(key)
      .maxOutputTokens(settings.maxOutputTokens())
      .mediaResolution(GeminiMediaResolutionLevel.MEDIA_RESOLUTION_HIGH)
      .modelName(settings.model())
      .temperature(temperature(settings, family).orElse(null))
      .thinkingConfig(thinking)
      .timeout(limit)
      .maxRetries(0)
      .build();
  }

  /** Thoughts are paid as output ("Understand and count tokens"); the input has what was cached. */
  @Override
  Usage usage(ChatResponse response) {
    var usage = super.usage(response);
    return response.tokenUsage() instanceof GoogleAiGeminiTokenUsage tokens
      ? usage
          .cached(count(tokens.cachedContentTokenCount()), 0)
          .withOutput(count(tokens.thoughtsTokenCount()))
      : usage;
  }
}
