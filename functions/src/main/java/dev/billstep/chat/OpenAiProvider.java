package dev.billstep.chat;

import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** OpenAI, and every server that speaks its API, by {@code baseUrl}. */
public final class OpenAiProvider extends ChatProvider {

  public OpenAiProvider() {
    super("openai", Optional.of("openai_api_key"));
  }

  @Override
  Optional<BatchApi> batches(ModelSettings settings) {
    return Optional.of(new OpenAiBatches());
  }

  @Override
  ChatModel model(ModelSettings settings, ModelFamily family, String key, HttpClientBuilder http) {
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    return OpenAiChatModel.builder()
      .httpClientBuilder(http)
      .baseUrl(settings.baseUrl().map(URI::toString).orElse(null))
      .apiKey(key)
      .maxCompletionTokens(settings.maxOutputTokens())
      .modelName(settings.model())
      .reasoningEffort(effort(settings, family).orElse(null))
      .strictJsonSchema(true)
      .temperature(temperature(settings, family).orElse(null))
      .timeout(limit)
      .maxRetries(0)
      .build();
  }

  /** Its input has what was read from the cache ("Prompt caching"). */
  @Override
  Usage usage(ChatResponse response) {
    var usage = super.usage(response);
    return response.tokenUsage() instanceof OpenAiTokenUsage tokens &&
      tokens.inputTokensDetails() != null
      ? usage.cached(count(tokens.inputTokensDetails().cachedTokens()), 0)
      : usage;
  }
}
