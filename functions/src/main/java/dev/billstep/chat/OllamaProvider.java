package dev.billstep.chat;

import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A model on a machine of one's own, served by Ollama; it needs no key. */
public final class OllamaProvider extends ChatProvider {

  private static final URI USUAL = URI.create("http://localhost:11434");

  public OllamaProvider() {
    super("ollama", Optional.empty(), AnswerFormat.JSON_SCHEMA);
  }

  @Override
  ChatModel model(ModelSettings settings, String key) {
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    return OllamaChatModel.builder()
      .httpClientBuilder(BoundedHttp.within(limit))
      .baseUrl(settings.baseUrl().orElse(USUAL).toString())
      .numPredict(settings.maxOutputTokens())
      .modelName(settings.model())
      .temperature(settings.temperature().orElse(null))
      .timeout(limit)
      .maxRetries(0)
      .build();
  }
}
