package dev.billstep.chat;

import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A model on a machine of one's own, served by Ollama; it needs no key. */
public final class OllamaProvider implements PageModelProvider {

  @Override
  public String name() {
    return "ollama";
  }

  @Override
  public PageModel open(ModelSettings settings, ModelKeys keys) {
    var call = new ChatCall(settings, Optional.empty(), keys, key -> model(settings));
    return new ChatPageModel(settings, AnswerFormat.JSON_SCHEMA, call);
  }

  private static final URI USUAL = URI.create("http://localhost:11434");

  private static ChatModel model(ModelSettings settings) {
    return OllamaChatModel.builder()
      .baseUrl(settings.baseUrl().orElse(USUAL).toString())
      .numPredict(settings.maxOutputTokens())
      .modelName(settings.model())
      .temperature(settings.temperature().orElse(null))
      .timeout(Duration.ofSeconds(settings.timeoutSeconds()))
      .maxRetries(0)
      .build();
  }
}
