package dev.billstep.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.billstep.json.Json;
import dev.billstep.reading.PageModelProvider;
import java.util.List;
import java.util.Map;

/** What each provider's API is asked by and answers with, by its reference documentation. */
enum Api {
  /** OpenAI API reference, "Chat completions". */
  OPENAI("", "/chat/completions") {
    @Override
    PageModelProvider provider() {
      return new OpenAiProvider();
    }

    @Override
    String answer(String text, End end) {
      var reason = switch (end) {
        case STOP -> "stop";
        case LENGTH -> "length";
        case FILTER -> "content_filter";
      };
      return Json.text(
        Map.of(
          "id",
          "id-1",
          "choices",
          List.of(
            Map.of(
              "index",
              0,
              "finish_reason",
              reason,
              "message",
              Map.of("role", "assistant", "content", text)
            )
          ),
          "usage",
          Map.of("prompt_tokens", 7, "completion_tokens", 3, "total_tokens", 10)
        )
      );
    }

    @Override
    RequestPatternBuilder asked() {
      return request()
        .withHeader("Authorization", matching("Bearer " + KEY))
        .withRequestBody(matchingJsonPath("$.model", matching("m-1")))
        .withRequestBody(matchingJsonPath("$.max_completion_tokens", matching("500")))
        .withRequestBody(matchingJsonPath("$.messages[0].role", matching("system")))
        .withRequestBody(matchingJsonPath("$.messages[0].content", matching("The task[.].*")))
        .withRequestBody(
          matchingJsonPath(
            "$.messages[1].content[?(@.type == 'image_url')].image_url.url",
            matching("data:image/jpeg;base64,.+")
          )
        )
        .withRequestBody(
          matchingJsonPath("$.response_format.json_schema.schema.type", matching("object"))
        );
    }
  },

  /** Anthropic API reference, "Create a message". */
  ANTHROPIC("/v1", "/v1/messages") {
    @Override
    PageModelProvider provider() {
      return new AnthropicProvider();
    }

    @Override
    String answer(String text, End end) {
      var reason = switch (end) {
        case STOP -> "end_turn";
        case LENGTH -> "max_tokens";
        case FILTER -> "refusal";
      };
      return Json.text(
        Map.of(
          "id",
          "id-1",
          "type",
          "message",
          "role",
          "assistant",
          "model",
          "m-1",
          "content",
          List.of(Map.of("type", "text", "text", text)),
          "stop_reason",
          reason,
          "usage",
          Map.of("input_tokens", 7, "output_tokens", 3)
        )
      );
    }

    @Override
    RequestPatternBuilder asked() {
      return request()
        .withHeader("x-api-key", matching(KEY))
        .withRequestBody(matchingJsonPath("$.model", matching("m-1")))
        .withRequestBody(matchingJsonPath("$.max_tokens", matching("500")))
        .withRequestBody(matchingJsonPath("$.system[0].text", matching("The task[.]")))
        .withRequestBody(matchingJsonPath("$.system[0].cache_control.type", matching("ephemeral")))
        .withRequestBody(matchingJsonPath("$.output_config.format.type", matching("json_schema")))
        .withRequestBody(
          matchingJsonPath("$.messages[0].content[0:2].source.media_type", matching("image/jpeg"))
        );
    }
  },

  /** Gemini API reference, "models.generateContent". */
  GOOGLE("", "/models/m-1:generateContent") {
    @Override
    PageModelProvider provider() {
      return new GoogleProvider();
    }

    @Override
    String answer(String text, End end) {
      var reason = switch (end) {
        case STOP -> "STOP";
        case LENGTH -> "MAX_TOKENS";
        case FILTER -> "SAFETY";
      };
      return Json.text(
        Map.of(
          "responseId",
          "id-1",
          "modelVersion",
          "m-1",
          "candidates",
          List.of(
            Map.of(
              "finishReason",
              reason,
              "content",
              Map.of("role", "model", "parts", List.of(Map.of("text", text)))
            )
          ),
          "usageMetadata",
          Map.of("promptTokenCount", 7, "candidatesTokenCount", 3, "totalTokenCount", 10)
        )
      );
    }

    @Override
    RequestPatternBuilder asked() {
      return request()
        .withHeader("x-goog-api-key", matching(KEY))
        .withRequestBody(
          matchingJsonPath("$.systemInstruction.parts[0].text", matching("The task[.].*"))
        )
        .withRequestBody(
          matchingJsonPath("$.contents[0].parts[0:2].inlineData.mimeType", matching("image/jpeg"))
        )
        .withRequestBody(
          matchingJsonPath("$.generationConfig.responseMimeType", matching("application/json"))
        )
        .withRequestBody(matchingJsonPath("$.generationConfig.maxOutputTokens", matching("500")));
    }
  },

  /** Ollama's documentation, "API: Generate a chat completion". */
  OLLAMA("", "/api/chat") {
    @Override
    PageModelProvider provider() {
      return new OllamaProvider();
    }

    @Override
    String answer(String text, End end) {
      return Json.text(
        Map.of(
          "model",
          "m-1",
          "done",
          true,
          "done_reason",
          end == End.LENGTH ? "length" : "stop",
          "message",
          Map.of("role", "assistant", "content", text),
          "prompt_eval_count",
          7,
          "eval_count",
          3
        )
      );
    }

    @Override
    RequestPatternBuilder asked() {
      return request()
        .withRequestBody(matchingJsonPath("$.model", matching("m-1")))
        .withRequestBody(matchingJsonPath("$.options.num_predict", matching("500")))
        .withRequestBody(matchingJsonPath("$.messages[0].content", matching("The task[.].*")))
        .withRequestBody(matchingJsonPath("$.messages[1].images[0]"))
        .withRequestBody(matchingJsonPath("$.format.type", matching("object")));
    }
  },

  /** Amazon Bedrock API reference, "Converse". */
  BEDROCK("", "/model/m-1/converse") {
    @Override
    PageModelProvider provider() {
      return new BedrockProvider();
    }

    @Override
    String answer(String text, End end) {
      var reason = switch (end) {
        case STOP -> "end_turn";
        case LENGTH -> "max_tokens";
        case FILTER -> "content_filtered";
      };
      return Json.text(
        Map.of(
          "output",
          Map.of("message", Map.of("role", "assistant", "content", List.of(Map.of("text", text)))),
          "stopReason",
          reason,
          "usage",
          Map.of("inputTokens", 7, "outputTokens", 3, "totalTokens", 10),
          "metrics",
          Map.of("latencyMs", 1)
        )
      );
    }

    @Override
    RequestPatternBuilder asked() {
      return request()
        .withHeader("Authorization", matching("AWS4-HMAC-SHA256 .*"))
        .withRequestBody(matchingJsonPath("$.inferenceConfig.maxTokens", matching("500")))
        .withRequestBody(matchingJsonPath("$.system[0].text", matching("(?s)The task[.].*JSON.*")))
        .withRequestBody(
          matchingJsonPath("$.messages[0].content[0:2].image.format", matching("jpe?g"))
        );
    }
  };

  static final String KEY = "key-of-this-test";

  private final String base;
  private final String path;

  Api(String base, String path) {
    this.base = base;
    this.path = path;
  }

  /** How an answer ends. */
  enum End {
    STOP,
    LENGTH,
    FILTER,
  }

  /** The answer of a model that says that text; seven tokens in, three out. */
  abstract String answer(String text, End end);

  /** What a request must look like. */
  abstract RequestPatternBuilder asked();

  final RequestPatternBuilder request() {
    return postRequestedFor(urlPathEqualTo(path));
  }

  abstract PageModelProvider provider();

  /** Of its API, below a server's address. */
  String base() {
    return base;
  }
}
