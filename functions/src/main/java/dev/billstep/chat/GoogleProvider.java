package dev.billstep.chat;

import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Gemini, by Google's own API. */
public final class GoogleProvider extends ChatProvider {

  public GoogleProvider() {
    super("google", Optional.of("google_api_key"), AnswerFormat.JSON_SCHEMA);
  }

  @Override
  ChatModel model(ModelSettings settings, String key) {
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    return GoogleAiGeminiChatModel.builder()
      .httpClientBuilder(BoundedHttp.within(limit))
      .baseUrl(settings.baseUrl().map(URI::toString).orElse(null))
      .apiKey(key)
      .maxOutputTokens(settings.maxOutputTokens())
      .modelName(settings.model())
      .temperature(settings.temperature().orElse(null))
      .timeout(limit)
      .maxRetries(0)
      .build();
  }
}
