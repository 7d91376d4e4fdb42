package dev.billstep.chat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import dev.billstep.reading.PageModelProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What each provider's API answers with, by its reference documentation; the whole of an answer is a file in
 * {@code src/test/resources/wire}.
 */
public enum Api {
  /** OpenAI API reference, "Chat completions". */
  OPENAI("", "/chat/completions") {
    @Override
    public PageModelProvider provider() {
      return new OpenAiProvider();
    }
  },

  /** Anthropic API reference, "Create a message". */
  ANTHROPIC("/v1", "/v1/messages") {
    @Override
    public PageModelProvider provider() {
      return new AnthropicProvider();
    }
  },

  /** Gemini API reference, "models.generateContent". */
  GOOGLE("", "/models/[^/]+:generateContent") {
    @Override
    public PageModelProvider provider() {
      return new GoogleProvider();
    }
  },

  /** Ollama's documentation, "API: Generate a chat completion". */
  OLLAMA("", "/api/chat") {
    @Override
    public PageModelProvider provider() {
      return new OllamaProvider();
    }
  },

  /** Amazon Bedrock API reference, "Converse". */
  BEDROCK("", "/model/[^/]+/converse") {
    @Override
    public PageModelProvider provider() {
      return new BedrockProvider();
    }
  };

  static final String KEY = "key-of-this-test";

  private final String base;
  private final Pattern path;

  Api(String base, String path) {
    this.base = base;
    this.path = Pattern.compile(".*" + path);
  }

  /** How an answer ends. */
  public enum End {
    STOP,
    LENGTH,
    FILTER,
  }

  public abstract PageModelProvider provider();

  /** The one that is asked at a path of a server, whatever is before it. */
  public static Optional<Api> at(String path) {
    return Stream.of(values())
      .filter(api -> api.path.matcher(path).matches())
      .findFirst();
  }

  /** Of its API, below a server's address. */
  public String base() {
    return base;
  }

  /** The answer of a model that says that text; seven tokens in, three out. */
  String answer(String says, End end) {
    return answer(says, end, 7, 3);
  }

  /** The answer of a model that says that text. */
  public String answer(String says, End end, int tokensIn, int tokensOut) {
    var answer = recorded();
    var shape = shape();
    var tokens = shape.tokens();
    set(answer, shape.text(), Json.mapper().valueToTree(says));
    set(answer, shape.ends().path(), Json.mapper().valueToTree(shape.ends().word(end)));
    set(answer, tokens.in(), Json.mapper().valueToTree(tokensIn));
    set(answer, tokens.out(), Json.mapper().valueToTree(tokensOut));
    if (!tokens.all().isEmpty()) {
      set(answer, tokens.all(), Json.mapper().valueToTree(tokensIn + tokensOut));
    }
    return Json.text(answer);
  }

  /** The answer to a call that is refused; the body alone. */
  public String error(int status, String says) {
    return Json.text(
      switch (this) {
        case OPENAI -> Map.of("error", openAiError(status, says));
        case ANTHROPIC -> Map.of(
          "type",
          "error",
          "error",
          Map.of("type", anthropicError(status), "message", says),
          "request_id",
          "req_011CSHoEeqs5C35K2UUqR7Fy"
        );
        case GOOGLE -> Map.of(
          "error",
          Map.of("code", status, "message", says, "status", googleError(status))
        );
        case OLLAMA -> Map.of("error", says);
        case BEDROCK -> Map.of("message", says);
      }
    );
  }

  /** OpenAI API documentation, "Error codes". */
  private static Map<String, String> openAiError(int status, String says) {
    return switch (status) {
      case 401 -> Map.of(
        "message",
        says,
        "type",
        "invalid_request_error",
        "code",
        "invalid_api_key"
      );
      case 429 -> Map.of("message", says, "type", "requests", "code", "rate_limit_exceeded");
      default -> Map.of(
        "message",
        says,
        "type",
        status < 500 ? "invalid_request_error" : "server_error"
      );
    };
  }

  /** Claude documentation, "Errors". */
  private static String anthropicError(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 529 -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  /** Gemini API documentation, "Troubleshooting". */
  private static String googleError(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }

  private Shape shape() {
    return switch (this) {
      case OPENAI -> new Shape(
        "/choices/0/message/content",
        new Ends("/choices/0/finish_reason", "stop", "length", "content_filter"),
        new Tokens("/usage/prompt_tokens", "/usage/completion_tokens", "/usage/total_tokens")
      );
      case ANTHROPIC -> new Shape(
        "/content/0/text",
        new Ends("/stop_reason", "end_turn", "max_tokens", "refusal"),
        new Tokens("/usage/input_tokens", "/usage/output_tokens", "")
      );
      case GOOGLE -> new Shape(
        "/candidates/0/content/parts/0/text",
        new Ends("/candidates/0/finishReason", "STOP", "MAX_TOKENS", "SAFETY"),
        new Tokens(
          "/usageMetadata/promptTokenCount",
          "/usageMetadata/candidatesTokenCount",
          "/usageMetadata/totalTokenCount"
        )
      );
      case OLLAMA -> new Shape(
        "/message/content",
        new Ends("/done_reason", "stop", "length", "stop"),
        new Tokens("/prompt_eval_count", "/eval_count", "")
      );
      case BEDROCK -> new Shape(
        "/output/message/content/0/text",
        new Ends("/stopReason", "end_turn", "max_tokens", "content_filtered"),
        new Tokens("/usage/inputTokens", "/usage/outputTokens", "/usage/totalTokens")
      );
    };
  }

  private JsonNode recorded() {
    try (
      var file = Objects.requireNonNull(
        Api.class.getResourceAsStream("/wire/%s-answer.json".formatted(provider().name()))
      )
    ) {
      return Json.read(file.readAllBytes(), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(JsonNode answer, String path, JsonNode value) {
    var pointer = JsonPointer.compile(path);
    switch (answer.at(pointer.head())) {
      case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), value);
      case ArrayNode array -> array.set(pointer.last().getMatchingIndex(), value);
      default -> throw new AssertionError("no place " + path);
    }
  }

  /** Where an answer has what. */
  private record Shape(String text, Ends ends, Tokens tokens) {}

  /** What an answer says of its end, and where. */
  private record Ends(String path, String stop, String length, String filter) {
    String word(End end) {
      return switch (end) {
        case STOP -> stop;
        case LENGTH -> length;
        case FILTER -> filter;
      };
    }
  }

  /** Where an answer counts its tokens; all of them where it does. */
  private record Tokens(String in, String out, String all) {}
}
