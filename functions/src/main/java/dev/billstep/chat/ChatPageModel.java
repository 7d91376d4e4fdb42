package dev.billstep.chat;

import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.page.Picture;
import dev.billstep.reading.ModelAnswerCutShort;
import dev.billstep.reading.ModelAnswerInvalid;
import dev.billstep.reading.ModelRefused;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.TextLayerUse;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a model over a chat API. The task is the system message: always the same for the same prompt,
 * so that providers' prompt caches hit; the pages follow it as images, small ones where they are to be
 * classified. What is printed on them comes to the model as an image, and is never put into words of ours;
 * the words of a text layer go beside it where the settings say so, as data.
 */
final class ChatPageModel implements PageModel {

  private static final String LABELS = Arrays.stream(DocType.values())
    .map(type -> "\"" + type.label() + "\"")
    .collect(Collectors.joining(", "));

  /** One label for every page that is shown, by its place among them. */
  private static final String LABELS_SCHEMA = Json.text(
    Json.read(
      """
      {
        "type": "object", "additionalProperties": false, "required": ["pages"],
        "properties": {
          "pages": {
            "type": "array",
            "items": {
              "type": "object", "additionalProperties": false,
              "required": ["page", "type", "confidence"],
              "properties": {
                "page": {"type": "integer", "description": "the page's place among those shown, from 1"},
                "type": {"type": "string", "enum": [%s]},
                "confidence": {"type": "number", "description": "from 0 to 1"}
              }
            }
          }
        }
      }""".formatted(LABELS)
    )
  );

  private final ModelSettings settings;
  private final ModelFamily family;
  private final SentPictures pictures;
  private final Function<ChatRequest, ChatResponse> call;
  private final Function<ChatResponse, Usage> usages;

  ChatPageModel(
    ModelSettings settings,
    ModelFamily family,
    Function<ChatRequest, ChatResponse> call,
    Function<ChatResponse, Usage> usages
  ) {
    this.settings = settings;
    this.family = family;
    this.pictures = SentPictures.of(settings, family);
    this.call = call;
    this.usages = usages;
  }

  @Override
  public Labels classify(List<PageImage> pages, Prompt prompt) {
    var response = ask(
      List.of(task(prompt.text(), LABELS_SCHEMA), shown(pages, pictures.toClassify())),
      "page_types",
      LABELS_SCHEMA
    );
    check(response);
    var usage = usage(response);
    return new Labels(labels(JsonInText.of(text(response)), pages.size(), usage), usage);
  }

  @Override
  public Answer read(PageImage page, DocTypeSchema schema) {
    return answer(question(page, schema), schema);
  }

  @Override
  public Answer repair(PageImage page, DocTypeSchema schema, Answer first, List<String> problems) {
    var messages = new ArrayList<>(question(page, schema));
    messages.add(AiMessage.from(Json.text(first.fields())));
    messages.add(
      UserMessage.from(
        "Not all of that is as asked:\n%s\nLook at the page again and give the whole answer anew.".formatted(
          problems.stream().map("- "::concat).collect(Collectors.joining("\n"))
        )
      )
    );
    return answer(messages, schema);
  }

  private List<ChatMessage> question(PageImage page, DocTypeSchema schema) {
    return List.of(task(schema.prompt().text(), wire(schema)), UserMessage.from(read(page)));
  }

  private List<Content> read(PageImage page) {
    var contents = new ArrayList<>(shown(List.of(page), pictures.toRead()).contents());
    if (settings.textLayer().equals(Optional.of(TextLayerUse.BESIDE)) && !page.words().isEmpty()) {
      contents.add(TextContent.from(WordsBeside.of(page.words())));
    }
    return contents;
  }

  private Answer answer(List<ChatMessage> messages, DocTypeSchema schema) {
    return answer(ask(messages, schema.docType().label(), wire(schema)), schema);
  }

  /**
   * What the model has answered to a page's question.
   *
   * @throws ModelAnswerCutShort when it did not come to an end
   * @throws ModelRefused when it would not
   */
  Answer answer(ChatResponse response, DocTypeSchema schema) {
    check(response);
    var found = JsonInText.of(text(response));
    return new Answer(found.json(), "", List.of(), found.problems(), usage(response));
  }

  private static String wire(DocTypeSchema schema) {
    return Json.text(WireSchema.of(schema.schema()));
  }

  private SystemMessage task(String prompt, String schema) {
    return SystemMessage.from(
      family.format().isTold()
        ? "%s\n\nAnswer with one JSON object and nothing else. It must satisfy this JSON Schema:\n%s".formatted(
            prompt,
            schema
          )
        : prompt
    );
  }

  /** Images first: models look better at what they have seen before they are asked (Claude, "Vision"). */
  private UserMessage shown(List<PageImage> pages, Picture picture) {
    var contents = new ArrayList<Content>();
    for (int index = 0; index < pages.size(); index++) {
      if (pages.size() > 1) {
        contents.add(TextContent.from("Page %d:".formatted(index + 1)));
      }
      contents.add(SentPage.of(pages.get(index), picture, family.detail()));
    }
    contents.add(
      TextContent.from(
        pages.size() == 1
          ? "That is the page."
          : "These are the %d pages, in their order.".formatted(pages.size())
      )
    );
    return UserMessage.from(contents);
  }

  private ChatResponse ask(List<ChatMessage> messages, String name, String schema) {
    var request = ChatRequest.builder().messages(messages);
    if (family.format().isHeld()) {
      request.responseFormat(
        ResponseFormat.builder()
          .type(ResponseFormatType.JSON)
          .jsonSchema(
            JsonSchema.builder().name(name).rootElement(JsonRawSchema.from(schema)).build()
          )
          .build()
      );
    }
    return call.apply(request.build());
  }

  private void check(ChatResponse response) {
    var reason = response.finishReason();
    if (reason == FinishReason.LENGTH) {
      throw new ModelAnswerCutShort(settings.id(), settings.maxOutputTokens(), usage(response));
    }
    // A reason that langchain4j has no word for, such as Anthropic's refusal in the middle of an answer.
    boolean isBrokenOff =
      reason == FinishReason.OTHER && !JsonInText.of(text(response)).json().isObject();
    if (reason == FinishReason.CONTENT_FILTER || isBrokenOff) {
      throw new ModelRefused(settings.id(), "its content filter", usage(response));
    }
  }

  private static String text(ChatResponse response) {
    return Optional.ofNullable(response.aiMessage().text()).orElse("");
  }

  private Usage usage(ChatResponse response) {
    return usages.apply(response);
  }

  private List<Label> labels(JsonInText answer, int pages, Usage usage) {
    if (!answer.problems().isEmpty()) {
      throw notAsAsked(String.join("; ", answer.problems()), usage);
    }
    var labels = new Label[pages];
    for (var page : answer.json().path("pages")) {
      int place = page.path("page").asInt();
      var type = DocType.ofLabel(page.path("type").asText());
      if (place < 1 || place > pages || labels[place - 1] != null || type.isEmpty()) {
        throw notAsAsked(
          "it labels a page that does not exist, a page twice, or a page with an unknown type",
          usage
        );
      }
      double confidence = page.path("confidence").asDouble();
      if (!Double.isFinite(confidence)) {
        throw notAsAsked("it is confident of a page by no number", usage);
      }
      labels[place - 1] = new Label(type.get(), Math.clamp(confidence, 0.0, 1.0));
    }
    var given = Arrays.stream(labels).flatMap(Stream::ofNullable).toList();
    if (given.size() != pages) {
      throw notAsAsked("%d of %d pages have a label".formatted(given.size(), pages), usage);
    }
    return given;
  }

  private ModelAnswerInvalid notAsAsked(String problem, Usage usage) {
    return ModelAnswerInvalid.notAsAsked(settings.id(), problem, usage);
  }
}
