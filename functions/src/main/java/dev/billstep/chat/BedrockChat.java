package dev.billstep.chat;

import dev.billstep.settings.ModelSettings;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageFormat;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormat;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatStructure;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * Bedrock's Converse API, by the AWS SDK itself: langchain4j's own client of it (1.16.3 is its last)
 * knows neither structured output nor effort, and takes a new reason to stop for an outage.
 */
final class BedrockChat implements ChatModel {

  private final BedrockRuntimeClient bedrock;
  private final ModelSettings settings;
  private final ModelFamily family;

  BedrockChat(BedrockRuntimeClient bedrock, ModelSettings settings, ModelFamily family) {
    this.bedrock = bedrock;
    this.settings = settings;
    this.family = family;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return answer(bedrock.converse(converse(request)));
  }

  private ConverseRequest converse(ChatRequest request) {
    var converse = ConverseRequest.builder()
      .modelId(settings.model())
      .system(system(request.messages()))
      .messages(messages(request.messages()))
      .inferenceConfig(limits -> {
        limits.maxTokens(settings.maxOutputTokens());
        ChatProvider.temperature(settings, family)
          .map(Double::floatValue)
          .ifPresent(limits::temperature);
      });
    var format = format(request.responseFormat());
    var effort = ChatProvider.effort(settings, family);
    if (format.isPresent() || effort.isPresent()) {
      converse.outputConfig(
        OutputConfig.builder().textFormat(format.orElse(null)).effort(effort.orElse(null)).build()
      );
    }
    return converse.build();
  }

  /** Everything up to the mark is the same for every page, and cached ("Prompt caching"). */
  private List<SystemContentBlock> system(List<ChatMessage> messages) {
    var system = new ArrayList<SystemContentBlock>();
    for (var message : messages) {
      if (message instanceof SystemMessage task) {
        system.add(SystemContentBlock.fromText(task.text()));
      }
    }
    if (family.takesCachePoint()) {
      system.add(
        SystemContentBlock.fromCachePoint(
          CachePointBlock.builder().type(CachePointType.DEFAULT).build()
        )
      );
    }
    return system;
  }

  private static List<Message> messages(List<ChatMessage> messages) {
    var converse = new ArrayList<Message>();
    for (var message : messages) {
      switch (message) {
        case UserMessage user -> converse.add(
          Message.builder()
            .role(ConversationRole.USER)
            .content(user.contents().stream().map(BedrockChat::block).toList())
            .build()
        );
        case AiMessage model -> converse.add(
          Message.builder()
            .role(ConversationRole.ASSISTANT)
            .content(ContentBlock.fromText(model.text()))
            .build()
        );
        default -> {
          // The task, which goes apart.
        }
      }
    }
    return converse;
  }

  private static ContentBlock block(Content content) {
    return switch (content) {
      case TextContent text -> ContentBlock.fromText(text.text());
      case ImageContent image -> ContentBlock.fromImage(image(image));
      default -> throw new AssertionError("We send text and images, not " + content.type());
    };
  }

  private static ImageBlock image(ImageContent content) {
    var image = content.image();
    var bytes = Base64.getDecoder().decode(image.base64Data());
    boolean isPng = "image/png".equals(image.mimeType());
    return ImageBlock.builder()
      .format(isPng ? ImageFormat.PNG : ImageFormat.JPEG)
      .source(ImageSource.fromBytes(SdkBytes.fromByteArrayUnsafe(bytes)))
      .build();
  }

  private static Optional<OutputFormat> format(@Nullable ResponseFormat wanted) {
    if (wanted == null || wanted.jsonSchema() == null) {
      return Optional.empty();
    }
    var schema = wanted.jsonSchema();
    var text = ((JsonRawSchema) schema.rootElement()).schema();
    return Optional.of(
      OutputFormat.builder()
        .type(OutputFormatType.JSON_SCHEMA)
        .structure(
          OutputFormatStructure.fromJsonSchema(json -> json.name(schema.name()).schema(text))
        )
        .build()
    );
  }

  private static ChatResponse answer(ConverseResponse response) {
    var text = response
      .output()
      .message()
      .content()
      .stream()
      .map(ContentBlock::text)
      .filter(part -> part != null)
      .collect(Collectors.joining());
    return ChatResponse.builder()
      .aiMessage(AiMessage.from(text))
      .id(response.responseMetadata().requestId())
      .finishReason(reason(response.stopReason()))
      .tokenUsage(Tokens.of(response.usage()))
      .build();
  }

  private static FinishReason reason(@Nullable StopReason reason) {
    return switch (reason) {
      case null -> FinishReason.OTHER;
      case END_TURN, STOP_SEQUENCE -> FinishReason.STOP;
      case MAX_TOKENS, MODEL_CONTEXT_WINDOW_EXCEEDED -> FinishReason.LENGTH;
      case CONTENT_FILTERED, GUARDRAIL_INTERVENED -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }

  /** What a call took, beside what the cache had. */
  static final class Tokens extends TokenUsage {

    private final int cacheRead;
    private final int cacheWritten;

    private Tokens(int input, int output, int cacheRead, int cacheWritten) {
      super(input, output);
      this.cacheRead = cacheRead;
      this.cacheWritten = cacheWritten;
    }

    private static @Nullable TokenUsage of(
      software.amazon.awssdk.services.bedrockruntime.model.@Nullable TokenUsage usage
    ) {
      return usage == null
        ? null
        : new Tokens(
            ChatProvider.count(usage.inputTokens()),
            ChatProvider.count(usage.outputTokens()),
            ChatProvider.count(usage.cacheReadInputTokens()),
            ChatProvider.count(usage.cacheWriteInputTokens())
          );
    }

    int cacheRead() {
      return cacheRead;
    }

    int cacheWritten() {
      return cacheWritten;
    }
  }
}
