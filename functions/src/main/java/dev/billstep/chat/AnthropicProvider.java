package dev.billstep.chat;

import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Anthropic. The task is marked for its prompt cache. */
public final class AnthropicProvider extends ChatProvider {

  public AnthropicProvider() {
    super("anthropic", Optional.of("anthropic_api_key"));
  }

  @Override
  Optional<BatchApi> batches(ModelSettings settings) {
    return Optional.of(new AnthropicBatches());
  }

  @Override
  ChatModel model(ModelSettings settings, ModelFamily family, String key, HttpClientBuilder http) {
    return effort(settings, family)
      .<ChatModel>map(word ->
        new AnthropicChat(word, parameters ->
          builder(settings, family, key, http).customParameters(parameters).build()
        )
      )
      .orElseGet(() -> builder(settings, family, key, http).build());
  }

  private static AnthropicChatModel.AnthropicChatModelBuilder builder(
    ModelSettings settings,
    ModelFamily family,
    String key,
    HttpClientBuilder http
  ) {
    var builder = AnthropicChatModel.builder();
    settings.baseUrl().map(URI::toString).ifPresent(builder::baseUrl);
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    return builder
      .httpClientBuilder(http)
      .apiKey(key)
      .cacheSystemMessages(true)
      .maxTokens(settings.maxOutputTokens())
      .modelName(settings.model())
      .temperature(temperature(settings, family).orElse(null))
      .timeout(limit)
      .maxRetries(0);
  }

  /** Its input is what is left beside the cache ("Prompt caching", "Tracking cache performance"). */
  @Override
  Usage usage(ChatResponse response) {
    var usage = super.usage(response);
    return response.tokenUsage() instanceof AnthropicTokenUsage tokens
      ? usage.besideCache(
          count(tokens.cacheReadInputTokens()),
          count(tokens.cacheCreationInputTokens())
        )
      : usage;
  }
}
