package dev.billstep.chat;

import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** OpenAI, and every server that speaks its API, by {@code baseUrl}. */
public final class OpenAiProvider extends ChatProvider {

  public OpenAiProvider() {
    super("openai", Optional.of("openai_api_key"), AnswerFormat.JSON_SCHEMA);
  }

  @Override
  ChatModel model(ModelSettings settings, String key) {
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    return OpenAiChatModel.builder()
      .httpClientBuilder(BoundedHttp.within(limit))
      .baseUrl(settings.baseUrl().map(URI::toString).orElse(null))
      .apiKey(key)
      .maxCompletionTokens(settings.maxOutputTokens())
      .modelName(settings.model())
      .temperature(settings.temperature().orElse(null))
      .timeout(limit)
      .maxRetries(0)
      .build();
  }
}
