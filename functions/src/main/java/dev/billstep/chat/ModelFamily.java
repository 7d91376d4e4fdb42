package dev.billstep.chat;

import static dev.langchain4j.data.message.ImageContent.DetailLevel.AUTO;
import static dev.langchain4j.data.message.ImageContent.DetailLevel.HIGH;

import dev.langchain4j.data.message.ImageContent.DetailLevel;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What models of one kind see of a page, how they are made to answer in JSON, and how to answer at
 * once. What the settings say of a model goes before.
 *
 * @param longEdge in pixels, of the largest A4 page that the provider does not shrink again
 * @param detail that OpenAI and Gemini are told to look with
 * @param effort to spend on thinking before the answer, in the provider's own word; none where there
 *     is nothing to set
 * @param takesTemperature whether a temperature may be set: elsewhere it is an error
 * @param takesCachePoint whether Bedrock may be told up to where to cache a request: elsewhere it is an
 *     error
 */
record ModelFamily(
  int longEdge,
  DetailLevel detail,
  Optional<String> effort,
  boolean takesTemperature,
  AnswerFormat format,
  boolean takesCachePoint
) {
  /** Of a model that nothing is known of, such as one that somebody else serves by OpenAI's API. */
  private static final ModelFamily USUAL = new ModelFamily(
    2_000,
    HIGH,
    Optional.empty(),
    true,
    AnswerFormat.HELD,
    false
  );

  /** The first that a model's name begins with counts. */
  private static final List<Member> KNOWN = List.of(
    // OpenAI API documentation: "Images and vision" (what larger images are shrunk to; from GPT-5.5 on
    // "auto" leaves them as they are), "Reasoning models" (they think unless told not to).
    member("openai", "(gpt-5\\.4|gpt-[5-9]).*(mini|nano)", USUAL.seeing(1_490).thinking("none")),
    member("openai", "gpt-(5\\.[5-9]|[6-9])", USUAL.seeing(1_900).with(AUTO).thinking("none")),
    member("openai", "gpt-5\\.4", USUAL.seeing(1_900).thinking("none")),
    member("openai", "gpt-5", USUAL.seeing(1_086).thinking("minimal").withoutTemperature()),
    member("openai", "o\\d", USUAL.seeing(1_086).thinking("low").withoutTemperature()),
    member("openai", "gpt-4", USUAL.seeing(1_086)),
    // Claude documentation: "Vision" (image size), "Effort", "Adaptive thinking", "Structured outputs"
    // (from the models 4.5 on).
    member("anthropic", "claude-(3|(opus|sonnet)-4-(0|1|20))", USUAL.seeing(1_290).beingTold()),
    member("anthropic", "claude-(haiku-4|(opus|sonnet)-4-[56])", USUAL.seeing(1_290)),
    member("anthropic", "claude-", USUAL.thinking("low").withoutTemperature()),
    // Amazon Bedrock user guide: "Get validated JSON results from models"; API reference, "OutputConfig".
    // "Prompt caching" there: of the models that it names, those of Anthropic that read pages.
    member(
      "bedrock",
      ".*claude-(3|(opus|sonnet)-4-(1|20))",
      USUAL.seeing(1_290).beingTold().cachingByPoint()
    ),
    member(
      "bedrock",
      ".*claude-(haiku-4|(opus|sonnet)-4-[56])",
      USUAL.seeing(1_290).cachingByPoint()
    ),
    member("bedrock", ".*claude-", USUAL.thinking("low").withoutTemperature().cachingByPoint()),
    member("bedrock", "", USUAL.seeing(1_500).beingTold()),
    // Gemini API documentation: "Media resolution", "Thinking".
    member("google", "gemini-[3-9]", USUAL.thinking("low")),
    // Ollama documentation: "Structured outputs" asks to put the schema into the prompt as well.
    member(
      "ollama",
      "",
      new ModelFamily(1_500, HIGH, Optional.empty(), true, AnswerFormat.HELD_AND_TOLD, false)
    )
  );

  /** The family of a provider's model. */
  static ModelFamily of(String provider, String model) {
    return KNOWN.stream()
      .filter(each -> each.provider().equals(provider) && each.names().matcher(model).lookingAt())
      .findFirst()
      .map(Member::family)
      .orElse(USUAL);
  }

  private static Member member(String provider, String names, ModelFamily family) {
    return new Member(provider, Pattern.compile(names), family);
  }

  private ModelFamily seeing(int edge) {
    return new ModelFamily(edge, detail, effort, takesTemperature, format, takesCachePoint);
  }

  private ModelFamily with(DetailLevel level) {
    return new ModelFamily(longEdge, level, effort, takesTemperature, format, takesCachePoint);
  }

  private ModelFamily thinking(String word) {
    return new ModelFamily(
      longEdge,
      detail,
      Optional.of(word),
      takesTemperature,
      format,
      takesCachePoint
    );
  }

  private ModelFamily withoutTemperature() {
    return new ModelFamily(longEdge, detail, effort, false, format, takesCachePoint);
  }

  private ModelFamily beingTold() {
    return new ModelFamily(
      longEdge,
      detail,
      effort,
      takesTemperature,
      AnswerFormat.TOLD,
      takesCachePoint
    );
  }

  private ModelFamily cachingByPoint() {
    return new ModelFamily(longEdge, detail, effort, takesTemperature, format, true);
  }

  private record Member(String provider, Pattern names, ModelFamily family) {}
}
