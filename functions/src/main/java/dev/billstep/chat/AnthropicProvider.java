package dev.billstep.chat;

import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Anthropic. The task is marked for its prompt cache. */
public final class AnthropicProvider extends ChatProvider {

  public AnthropicProvider() {
    super("anthropic", Optional.of("anthropic_api_key"), AnswerFormat.PLAIN_TEXT);
  }

  @Override
  ChatModel model(ModelSettings settings, String key) {
    var builder = AnthropicChatModel.builder();
    settings.baseUrl().map(URI::toString).ifPresent(builder::baseUrl);
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    return builder
      .httpClientBuilder(BoundedHttp.within(limit))
      .apiKey(key)
      .cacheSystemMessages(true)
      .maxTokens(settings.maxOutputTokens())
      .modelName(settings.model())
      .temperature(settings.temperature().orElse(null))
      .timeout(limit)
      .maxRetries(0)
      .build();
  }
}
