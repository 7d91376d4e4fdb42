package dev.billstep.chat;

import dev.billstep.settings.ModelSettings;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A model on a machine of one's own, served by Ollama; it needs no key. */
public final class OllamaProvider extends ChatProvider {

  private static final URI USUAL = URI.create("http://localhost:11434");

  /** A page, the schema, and a long answer; Ollama's own 4,096 drop the page (FAQ, "context window"). */
  private static final int USUAL_CONTEXT_TOKENS = 16_384;

  public OllamaProvider() {
    super("ollama", Optional.empty());
  }

  @Override
  ChatModel model(ModelSettings settings, ModelFamily family, String key, HttpClientBuilder http) {
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    int context = settings.contextTokens().orElse(USUAL_CONTEXT_TOKENS);
    return OllamaChatModel.builder()
      .httpClientBuilder(http)
      .baseUrl(settings.baseUrl().orElse(USUAL).toString())
      .modelName(settings.model())
      .numCtx(context)
      .numPredict(Math.min(settings.maxOutputTokens(), context / 2))
      .temperature(temperature(settings, family).orElse(null))
      .think(false)
      .timeout(limit)
      .maxRetries(0)
      .build();
  }
}
