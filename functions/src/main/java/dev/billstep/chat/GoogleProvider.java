package dev.billstep.chat;

import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Gemini, by Google's own API. */
public final class GoogleProvider implements PageModelProvider {

  @Override
  public String name() {
    return "google";
  }

  @Override
  public PageModel open(ModelSettings settings, ModelKeys keys) {
    var call = new ChatCall(settings, Optional.of("google_api_key"), keys, key ->
      model(settings, key)
    );
    return new ChatPageModel(settings, AnswerFormat.JSON_SCHEMA, call);
  }

  private static ChatModel model(ModelSettings settings, String key) {
    return GoogleAiGeminiChatModel.builder()
      .baseUrl(settings.baseUrl().map(URI::toString).orElse(null))
      .apiKey(key)
      .maxOutputTokens(settings.maxOutputTokens())
      .modelName(settings.model())
      .temperature(settings.temperature().orElse(null))
      .timeout(Duration.ofSeconds(settings.timeoutSeconds()))
      .maxRetries(0)
      .build();
  }
}
