package dev.billstep.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;

/** What each provider is asked about the model {@code m-1}, with an answer of at most 500 tokens. */
final class Asked {

  private Asked() {}

  /** Anything, at the place where that provider is asked. */
  static RequestPatternBuilder at(Api api) {
    return postRequestedFor(
      urlPathEqualTo(
        switch (api) {
          case OPENAI -> "/chat/completions";
          case ANTHROPIC -> "/v1/messages";
          case GOOGLE -> "/models/m-1:generateContent";
          case OLLAMA -> "/api/chat";
          case BEDROCK -> "/model/m-1/converse";
        }
      )
    );
  }

  /** A task with its pages, as that provider has it. */
  static RequestPatternBuilder of(Api api) {
    return switch (api) {
      case OPENAI -> at(api)
        .withHeader("Authorization", matching("Bearer " + Api.KEY))
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
      case ANTHROPIC -> at(api)
        .withHeader("x-api-key", matching(Api.KEY))
        .withRequestBody(matchingJsonPath("$.model", matching("m-1")))
        .withRequestBody(matchingJsonPath("$.max_tokens", matching("500")))
        .withRequestBody(matchingJsonPath("$.system[0].text", matching("The task[.]")))
        .withRequestBody(matchingJsonPath("$.system[0].cache_control.type", matching("ephemeral")))
        .withRequestBody(matchingJsonPath("$.output_config.format.type", matching("json_schema")))
        .withRequestBody(
          matchingJsonPath("$.messages[0].content[0:2].source.media_type", matching("image/jpeg"))
        );
      case GOOGLE -> at(api)
        .withHeader("x-goog-api-key", matching(Api.KEY))
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
      case OLLAMA -> at(api)
        .withRequestBody(matchingJsonPath("$.model", matching("m-1")))
        .withRequestBody(matchingJsonPath("$.options.num_predict", matching("500")))
        .withRequestBody(matchingJsonPath("$.messages[0].content", matching("The task[.].*")))
        .withRequestBody(matchingJsonPath("$.messages[1].images[0]"))
        .withRequestBody(matchingJsonPath("$.format.type", matching("object")));
      case BEDROCK -> at(api)
        .withHeader("Authorization", matching("AWS4-HMAC-SHA256 .*"))
        .withRequestBody(matchingJsonPath("$.inferenceConfig.maxTokens", matching("500")))
        .withRequestBody(matchingJsonPath("$.system[0].text", matching("(?s)The task[.].*JSON.*")))
        .withRequestBody(
          matchingJsonPath("$.messages[0].content[0:2].image.format", matching("jpe?g"))
        );
    };
  }
}
