package dev.billstep.chat;

import dev.billstep.json.Json;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A model of Anthropic that is told both its effort and the form of its answer: they are one parameter
 * of the API, of which langchain4j sets either. A model is made for each form, of which there are few.
 */
final class AnthropicChat implements ChatModel {

  private static final String OUTPUT = "output_config";

  private final String effort;
  private final Function<Map<String, Object>, AnthropicChatModel> open;
  private final Map<String, ChatModel> byFormat = new ConcurrentHashMap<>();

  /**
   * Names what is asked.
   *
   * @param open makes the model, with parameters that go as they are
   */
  AnthropicChat(String effort, Function<Map<String, Object>, AnthropicChatModel> open) {
    this.effort = effort;
    this.open = open;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return byFormat
      .computeIfAbsent(schema(request).orElse(""), this::model)
      .chat(ChatRequest.builder().messages(request.messages()).build());
  }

  private static Optional<String> schema(ChatRequest request) {
    return Optional.ofNullable(request.responseFormat())
      .map(ResponseFormat::jsonSchema)
      .map(schema -> ((JsonRawSchema) schema.rootElement()).schema());
  }

  /** In one order: the same question is the same request. */
  private ChatModel model(String schema) {
    var output = new LinkedHashMap<String, Object>();
    output.put("effort", effort);
    if (!schema.isEmpty()) {
      var format = new LinkedHashMap<String, Object>();
      format.put("type", "json_schema");
      format.put("schema", Json.read(schema));
      output.put("format", format);
    }
    return open.apply(Map.of(OUTPUT, output));
  }
}
