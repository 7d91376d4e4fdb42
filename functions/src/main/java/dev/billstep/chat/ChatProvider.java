package dev.billstep.chat;

import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Optional;

/** A provider of models that are asked over a chat API: all of it but how langchain4j opens one. */
abstract class ChatProvider implements PageModelProvider {

  private final String name;
  private final Optional<String> keyName;
  private final AnswerFormat format;

  /**
   * Describes a provider.
   *
   * @param keyName of its key in the secret; none where it needs none
   */
  ChatProvider(String name, Optional<String> keyName, AnswerFormat format) {
    this.name = name;
    this.keyName = keyName;
    this.format = format;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Optional<String> keyName() {
    return keyName;
  }

  @Override
  public final PageModel open(ModelSettings settings, ModelKeys keys) {
    var call = new ChatCall(settings, keyName, keys, key -> model(settings, key));
    return new ChatPageModel(settings, format, call);
  }

  /**
   * The model as langchain4j has it, repeating nothing by itself.
   *
   * @param key empty where the provider needs none
   */
  abstract ChatModel model(ModelSettings settings, String key);
}
